import java.io.*; import java.net.*; import java.net.http.*; import java.util.concurrent.atomic.*; import java.time.*;
public class Retry {
  public static void main(String[] a) throws Exception {
    System.setProperty("jdk.httpclient.enableAllMethodRetry","true");
    var ss = new ServerSocket(0); var n = new AtomicInteger(); long t0=System.nanoTime();
    Thread.ofVirtual().start(() -> { while (true) { try { var s = ss.accept(); Thread.ofVirtual().start(() -> { try {
      var in = new BufferedReader(new InputStreamReader(s.getInputStream())); 
      while (true) { String l, first=null; while ((l=in.readLine())!=null && !l.isEmpty()) if(first==null) first=l;
        if (first==null) return;
        System.out.printf("%d ms: %s (port %d)%n",(System.nanoTime()-t0)/1000000,first,s.getPort());
        if (first.contains("/hang")) { n.incrementAndGet(); Thread.sleep(1500); if (a.length>0) s.setSoLinger(true,0); s.close(); return; }
        s.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes()); } } catch (Exception e) {} }); } catch (IOException e) {return;} } });
    var c = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var u = "http://127.0.0.1:"+ss.getLocalPort();
    c.send(HttpRequest.newBuilder(URI.create(u+"/ok")).build(), HttpResponse.BodyHandlers.ofString());
    try { c.send(HttpRequest.newBuilder(URI.create(u+"/hang")).build(), HttpResponse.BodyHandlers.ofString()); } catch (IOException e) { System.out.println(e); }
    System.out.println("hang requests received: "+n.get()); System.exit(0);
  }
}
