using System.Text.RegularExpressions;
using Jingwei.Server.Packs;

namespace Jingwei.Tests;

/// <summary>What the documentation says can be followed: its links lead somewhere, its sample pack loads.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] NotOurs = ["artifacts", "node_modules", "bin", "obj", ".git", "data"];

    [Fact]
    public void Relative_links_lead_to_files_that_exist()
    {
        var broken =
            from page in Pages(SourceTree.Root)
            from Match link in Link().Matches(WithoutCode(File.ReadAllText(page)))
            let target = Uri.UnescapeDataString(link.Groups["path"].Value)
            where target.Length > 0
            let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target))
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{Path.GetRelativePath(SourceTree.Root, page)}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Links_to_headings_lead_to_headings_that_exist()
    {
        var broken =
            from page in Pages(SourceTree.Root)
            from Match link in Link().Matches(WithoutCode(File.ReadAllText(page)))
            where link.Groups["anchor"].Success
            let target = link.Groups["path"].Value
            let path = target.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target))
            where path.EndsWith(".md", StringComparison.Ordinal) && File.Exists(path)
            where !Anchors(path).Contains(link.Groups["anchor"].Value)
            select $"{Path.GetRelativePath(SourceTree.Root, page)}: {link.Value}";

        Assert.Empty(broken);
    }

    [Fact]
    public void The_sample_pack_of_the_documentation_loads_without_problems()
    {
        var folder = Directory.CreateTempSubdirectory("jingwei-sample-pack-").FullName;
        try
        {
            foreach (Match file in NamedFile().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "packs.md"))))
            {
                var path = Path.Combine(folder, file.Groups["name"].Value);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, file.Groups["text"].Value);
            }

            var loaded = PackLoader.Load(folder);

            Assert.Empty(loaded.Problems);
            Assert.Equal("cold-chain", Assert.Single(loaded.Packs!.Packs).Id);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Pages(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !NotOurs.Contains(Path.GetFileName(inner)))
            .SelectMany(Pages));

    private static string WithoutCode(string text) => Code().Replace(text, "");

    // As GitHub makes them: lower case, without punctuation, hyphens for spaces.
    private static HashSet<string> Anchors(string page) =>
        [.. Heading().Matches(WithoutFences(File.ReadAllText(page))).Select(heading =>
            Punctuation().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string WithoutFences(string text) => Fence().Replace(text, "");

    [GeneratedRegex(@"\]\((?!https?:|mailto:)(?<path>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^```yaml (?<name>\S+\.yaml)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NamedFile();
}
