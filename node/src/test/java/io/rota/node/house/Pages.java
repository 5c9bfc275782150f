package io.rota.node.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The Markdown pages of a checkout. */
final class Pages {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");

    private final Path root;

    private Pages(Path root) {
        this.root = root;
    }

    static Pages in(Path root) {
        return new Pages(root);
    }

    private static String text(Path page) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private List<Path> pages() throws IOException {
        return SourceTree.walk(root, ".*\\.md");
    }

    List<String> withoutOneTitle() throws IOException {
        var found = new ArrayList<String>();
        for (var page : pages()) {
            long titles =
                    text(page).lines().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                found.add(root.relativize(page).toString());
            }
        }
        return found;
    }

    List<String> deadLinks() throws IOException {
        var found = new ArrayList<String>();
        for (var page : pages()) {
            var matcher = LINK.matcher(text(page));
            while (matcher.find()) {
                var target = matcher.group(1);
                if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
                    found.add(root.relativize(page) + " -> " + target);
                }
            }
        }
        return found;
    }
}
