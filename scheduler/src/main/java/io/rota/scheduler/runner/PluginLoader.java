package io.rota.scheduler.runner;

import io.rota.scheduler.api.Task;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The classes of one plug-in JAR. It sees the JDK, Rota's task API, and its own; none of the node's libraries, so that it
 * may bring any version of any of them. Thread-safe.
 */
final class PluginLoader extends URLClassLoader {
    private static final String API = Task.class.getPackageName() + ".";

    private final Path jar;

    static {
        registerAsParallelCapable();
        // The cache of the JVM knows a JAR by its name only: it would go on giving out resources of a JAR that was
        // replaced.
        URLConnection.setDefaultUseCaches("jar", false);
    }

    private PluginLoader(Path jar, URL url) {
        super(jar.getFileName().toString(), new URL[] {url}, ClassLoader.getPlatformClassLoader());
        this.jar = jar;
    }

    /**
     * Opens a JAR.
     *
     * @throws PluginException with a reason for a person if there is none
     */
    static PluginLoader open(Path jar) throws PluginException {
        if (!Files.isReadable(jar) || !Files.isRegularFile(jar)) {
            throw new PluginException("plug-in " + jar + " does not exist or cannot be read");
        }
        try {
            return new PluginLoader(jar, jar.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every path has a URL: " + jar, e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return name.startsWith(API) ? Task.class.getClassLoader().loadClass(name) : super.findClass(name);
    }

    /**
     * A new instance of a task.
     *
     * @throws PluginException with a reason for a person if the JAR has no such task
     * @throws InvocationTargetException if the task's own constructor failed
     */
    Task newTask(String className) throws PluginException, InvocationTargetException {
        try {
            var made = loadClass(className).getConstructor().newInstance();
            if (made instanceof Task task) {
                return task;
            }
            throw new PluginException(
                    "class " + className + " of " + jar + " does not implement " + Task.class.getName());
        } catch (ClassNotFoundException e) {
            throw new PluginException("there is no class " + className + " in " + jar);
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new PluginException("class " + className + " of " + jar
                    + " is not public with a public constructor without parameters");
        }
    }

    /** The JAR or the class cannot be used; the message is for a person. */
    static final class PluginException extends Exception {
        private static final long serialVersionUID = 1L;

        PluginException(String message) {
            super(message);
        }
    }
}
