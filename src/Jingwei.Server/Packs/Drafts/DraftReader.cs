using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Packs.Schemas;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Drafts;

/// <summary>Reads the files of one pack and checks each against its schema.</summary>
/// <param name="folder">The pack's folder.</param>
/// <param name="prefix">What stands before file names in problems: nothing, or the folder's name and a slash.</param>
/// <param name="plugins">Whether its plug-in is loaded.</param>
internal sealed class DraftReader(string folder, string prefix, PluginUse plugins, PackLimits limits, ProblemList problems) : IDisposable
{
    private static readonly string[] Known =
        ["pack.yaml", "maturity.yaml", "README.md", Signing.PackSignature.FileName, "text", "demo", PluginReader.Folder, .. Section.All.Select(section => section.Folder)];

    private static readonly SearchValues<char> Unprintable = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(each => char.IsControl(each) && each is not ('\t' or '\n' or '\r' or '\u0085')), '\uFFFE', '\uFFFF']);

    private readonly SchemaCheck schemas = new(SchemaSet.Published, problems);
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int files;

    /// <summary>True for a folder that is a pack, or was meant to be one.</summary>
    public static bool IsPack(string folder) =>
        File.Exists(Path.Combine(folder, "pack.yaml"))
        || Section.All.Any(section => System.IO.Directory.Exists(Path.Combine(folder, section.Folder)));

    public PackDraft Read()
    {
        RefuseUnknownEntries();
        var manifest = ReadMap("pack.yaml", "pack.schema.json");
        var sections = Section.All.ToDictionary(section => section, ReadSection);
        RefuseUnknownFiles("text", name => name is "zh.yaml" or "en.yaml", "zh.yaml and en.yaml");
        var maturity = File.Exists(Path.Combine(folder, "maturity.yaml")) ? ReadNode("maturity.yaml", "maturity.schema.json") : null;
        var (plugin, isLoaded) = ReadPlugin();
        return new PackDraft(
            manifest,
            sections,
            ReadMap("text/zh.yaml", "text.schema.json"),
            ReadMap("text/en.yaml", "text.schema.json"),
            maturity as ListNode,
            Convert.ToHexStringLower(digest.GetHashAndReset()))
        { Plugin = plugin, KnowsFunctions = isLoaded, HasReadme = HasReadme(), HasDemo = Names("demo").Any(name => name.EndsWith(".csproj", StringComparison.Ordinal)) };
    }

    public void Dispose() => digest.Dispose();

    private bool HasReadme() => Path.Combine(folder, "README.md") is var file && File.Exists(file) && File.ReadLines(file).Any(line => !string.IsNullOrWhiteSpace(line));

    private (PackPlugin? Plugin, bool IsLoaded) ReadPlugin()
    {
        var reader = new PluginReader(folder, prefix, limits, problems);
        if (!reader.Exists)
        {
            return (null, true);
        }

        var assemblies = reader.ReadAssemblies();
        foreach (var assembly in assemblies ?? [])
        {
            Digest(assembly.File, assembly.Bytes);
        }

        var plugin = assemblies is null ? null : reader.Load(assemblies, plugins);
        return (plugin, plugin is not null);
    }

    private List<MapNode> ReadSection(Section section)
    {
        RefuseUnknownFiles(section.Folder, name => name.EndsWith(".yaml", StringComparison.Ordinal), "files named *.yaml");
        return
        [
            .. Names(section.Folder)
                .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal))
                .Select(name => ReadNode($"{section.Folder}/{name}", section.Schema))
                .OfType<MapNode>(),
        ];
    }

    private MapNode ReadMap(string name, string schema) =>
        ReadNode(name, schema) as MapNode ?? new MapNode(new SourceFile(prefix + name, ""), Position.Start, []);

    private Node? ReadNode(string name, string schema)
    {
        if (ReadText(name) is not { } file || YamlReader.Read(file, limits, problems) is not { } node)
        {
            return null;
        }

        schemas.Check(node, SchemaSet.Published[schema]);
        return node;
    }

    private SourceFile? ReadText(string name)
    {
        var empty = new SourceFile(prefix + name, "");
        var info = new FileInfo(Path.Combine(folder, name));
        if (++files > limits.Files)
        {
            if (files == limits.Files + 1)
            {
                problems.Add(empty, Position.Start, "too many files in the pack; this and the rest are not read", $"at most {limits.Files}");
            }

            return null;
        }

        if (!info.Exists)
        {
            problems.Add(empty, Position.Start, "the file is missing");
            return null;
        }

        if (info.Length > limits.FileBytes)
        {
            problems.Add(empty, Position.Start, $"the file has {info.Length} bytes", $"at most {limits.FileBytes}");
            return null;
        }

        var bytes = File.ReadAllBytes(info.FullName);
        Digest(name, bytes);
        return Decode(empty.Path, bytes);
    }

    private void Digest(string name, byte[] bytes)
    {
        digest.AppendData(Encoding.UTF8.GetBytes($"{name}\0{bytes.Length}\0"));
        digest.AppendData(bytes);
    }

    private SourceFile? Decode(string path, byte[] bytes)
    {
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, bytes.Length - start);
            return RequirePrintable(new SourceFile(path, text));
        }
        catch (DecoderFallbackException)
        {
            // Decoded again with the replacement character, to say where the first wrong byte stands.
            var text = Encoding.UTF8.GetString(bytes, start, bytes.Length - start);
            var file = new SourceFile(path, text);
            problems.Add(file, file.PositionOf(text.IndexOf('\uFFFD', StringComparison.Ordinal)), "the file is not UTF-8", "UTF-8");
            return null;
        }
    }

    // YAML 1.2, production c-printable. The parser takes a NUL for the end of the file, which would hide what comes after it.
    private SourceFile? RequirePrintable(SourceFile file)
    {
        var at = file.Text.AsSpan().IndexOfAny(Unprintable);
        if (at < 0)
        {
            return file;
        }

        var character = ((int)file.Text[at]).ToString("X4", CultureInfo.InvariantCulture);
        problems.Add(file, file.PositionOf(at), $"the character U+{character}", "printable text");
        return null;
    }

    private void RefuseUnknownEntries()
    {
        foreach (var name in Names("").Where(name => !Known.Contains(name)))
        {
            var message = $"a pack has no {name}{Nearest.Hint(name, Known)}";
            problems.Add(new SourceFile(prefix + name, ""), Position.Start, message, $"one of {string.Join(", ", Known)}");
        }
    }

    private void RefuseUnknownFiles(string section, Func<string, bool> isKnown, string expected)
    {
        foreach (var name in Names(section).Where(name => !isKnown(name) || System.IO.Directory.Exists(Path.Combine(folder, section, name))))
        {
            problems.Add(new SourceFile($"{prefix}{section}/{name}", ""), Position.Start, $"{section} has no {name}", expected);
        }
    }

    // Names that begin with a dot are the editor's or the version control's.
    private IEnumerable<string> Names(string section)
    {
        var path = Path.Combine(folder, section);
        return System.IO.Directory.Exists(path)
            ? System.IO.Directory.EnumerateFileSystemEntries(path)
                .Select(entry => Path.GetFileName(entry))
                .Where(name => !name.StartsWith('.'))
                .Order(StringComparer.Ordinal)
            : [];
    }
}
