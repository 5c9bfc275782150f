package io.rota.scheduler;

import java.util.regex.Pattern;

/**
 * As whom the processes of a task run, and how much they may take. Immutable.
 *
 * @param user name of an account of the machine; empty for that of the node
 * @param limits what they may take
 */
public record Confinement(String user, Limits limits) {
    public static final Confinement NONE = new Confinement("", Limits.NONE);

    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

    public Confinement {
        if (!user.isEmpty() && !isValidUser(user)) {
            throw new IllegalArgumentException("\"" + user + "\" cannot be the name of a user");
        }
    }

    /** True if an account can have this name. */
    public static boolean isValidUser(String name) {
        return USER.matcher(name).matches();
    }
}
