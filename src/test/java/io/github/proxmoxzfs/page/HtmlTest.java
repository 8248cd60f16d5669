package io.github.proxmoxzfs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
  private final StringWriter out = new StringWriter();
  private final Html html = new Html(out);

  @Test
  void textAndAttributesAreEscapedAndHarmless() {
    html.element("p", "<b>&\"'\u202e", "title", "\"><script>'\u0000").end();
    assertThat(out.toString())
        .isEqualTo(
            "<p title=\"&quot;&gt;&lt;script&gt;&#39;\\u{0}\">&lt;b&gt;&amp;&quot;&#39;\\u{202e}</p>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "p onclick=x", "script>", "ä", "1"})
  void namesOfElementsAndAttributesCannotBeMarkup(String name) {
    assertThatThrownBy(() -> html.open(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> html.open("p", name, "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anElementThatIsLeftOpenIsAFault() {
    html.open("p");
    assertThatThrownBy(html::end).isInstanceOf(IllegalStateException.class);
  }
}
