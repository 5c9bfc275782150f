package io.rota.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {param.NAME}} in the arguments of a command. A value stays within its argument, whatever it holds: there is
 * no shell, nothing is split and nothing is filled twice. The program itself and a script behind {@code -c} are left as
 * they stand, since there a value could become code; a script reads {@code $ROTA_PARAM_NAME} instead. Pure.
 */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(param\\.[^{}\\s]*)}");

    private Placeholders() {}

    /**
     * The arguments with each placeholder filled for which there is a value; other text in braces stays.
     *
     * @param values by placeholder without its braces, {@code param.index}
     */
    public static List<String> fill(List<String> command, Map<String, String> values) {
        var filled = new ArrayList<String>();
        for (int i = 0; i < command.size(); i++) {
            filled.add(isFixed(command, i) ? command.get(i) : fill(command.get(i), values));
        }
        return filled;
    }

    private static String fill(String argument, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(argument)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    /** The placeholders in these arguments that would be filled, without their braces. */
    public static Set<String> in(List<String> command) {
        return found(command, false);
    }

    /** The placeholders that stand where nothing is filled, in the program or in a script. */
    public static Set<String> misplacedIn(List<String> command) {
        return found(command, true);
    }

    private static Set<String> found(List<String> command, boolean fixed) {
        var names = new TreeSet<String>();
        for (int i = 0; i < command.size(); i++) {
            if (isFixed(command, i) == fixed) {
                var matcher = PLACEHOLDER.matcher(command.get(i));
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    private static boolean isFixed(List<String> command, int index) {
        return index == 0 || command.get(index - 1).equals("-c");
    }
}
