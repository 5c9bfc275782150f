package io.rota.scheduler.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Plug-in JARs made of source text. */
public final class Plugins {
    private Plugins() {}

    /** Compiles a class {@code plug.NAME} that implements {@code Task} with this body of {@code run} into a JAR. */
    static Path jar(Path jar, String name, String body) throws IOException {
        return jarOf(jar, "plug." + name, """
                package plug;
                import io.rota.scheduler.api.*;
                public class %s implements Task {
                    static final java.util.concurrent.atomic.AtomicInteger RUNS = new java.util.concurrent.atomic.AtomicInteger();
                    public void run(TaskContext context) throws Exception {
                        %s
                    }
                }
                """.formatted(name, body));
    }

    /** Compiles one source text into a JAR, which then replaces the file in one step. */
    public static Path jarOf(Path jar, String className, String source) throws IOException {
        var classes = Files.createTempDirectory(jar.getParent(), "classes");
        compile(classes, className, source);
        var made = Files.createTempFile(jar.getParent(), "made", ".jar");
        try (OutputStream out = Files.newOutputStream(made);
                var zip = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
                zip.closeEntry();
            }
        }
        return Files.move(made, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Compiles one source text against the class path of this test. */
    public static void compile(Path classes, String className, String source) {
        var messages = new StringWriter();
        var options = List.of(
                "-d", classes.toString(), "-cp", classes + ":" + System.getProperty("java.class.path"), "-proc:none");
        var file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignored) {
                        return source;
                    }
                };
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (!compiler.getTask(messages, null, null, options, null, List.of(file))
                .call()) {
            throw new IllegalArgumentException(messages.toString());
        }
    }
}
