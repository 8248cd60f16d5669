package io.github.proxmoxzfs.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Brings the classes of old compilers to a version that the AOT cache takes: it leaves out classes
/// of Java 5 and before, which picocli is compiled for, and verifying and linking those took half
/// of the time to start.
///
/// What they do stays the same. They get the stack maps that newer versions need, and the jar's
/// manifest says so.
final class OldClasses {
  private static final int VERSION = ClassFile.JAVA_8_VERSION;

  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private OldClasses() {}

  /// Copies a jar and renews its old classes, if it has any.
  static void copyRenewed(Path from, Path to) throws IOException {
    try (var jar = new JarFile(from.toFile());
        var loader = new URLClassLoader(new URL[] {from.toUri().toURL()})) {
      boolean old = false;
      for (ZipEntry entry : Collections.list(jar.entries())) {
        old |= isOld(entry, read(jar, entry));
      }
      if (old) {
        copyRenewed(jar, loader, to);
      } else {
        Files.copy(from, to);
      }
    }
  }

  private static void copyRenewed(JarFile jar, ClassLoader loader, Path to) throws IOException {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            // Else the code would be copied as it is.
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)));
    var manifest = new Manifest(jar.getManifest());
    manifest
        .getMainAttributes()
        .put(
            new Attributes.Name("Changed"),
            "Class files before Java 6 were given the version of Java 8 and stack maps.");
    try (OutputStream file = Files.newOutputStream(to);
        var out = new ZipOutputStream(file)) {
      // By hand, since JarOutputStream would give it the time of the build.
      out.putNextEntry(entry(jar.getEntry(JarFile.MANIFEST_NAME)));
      manifest.write(out);
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
          byte[] content = read(jar, entry);
          out.putNextEntry(entry(entry));
          out.write(isOld(entry, content) ? renewed(classFile, content) : content);
        }
      }
    }
  }

  private static ZipEntry entry(ZipEntry original) {
    var entry = new ZipEntry(original.getName());
    entry.setTimeLocal(original.getTimeLocal());
    return entry;
  }

  private static byte[] renewed(ClassFile classFile, byte[] content) {
    ClassTransform code =
        ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    ClassModel old = classFile.parse(content);
    return classFile.transformClass(old, code.andThen(version));
  }

  private static boolean isOld(ZipEntry entry, byte[] content) {
    return entry.getName().endsWith(".class")
        && ClassFile.of().parse(content).majorVersion() < FIRST_WITH_STACK_MAPS;
  }

  private static byte[] read(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
