using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jingwei.Server.Packs;

/// <summary>How a new pack is called.</summary>
/// <param name="Id">Of the pack, and what the ids of its rules, indicators and so on begin with.</param>
/// <param name="Type">Id of its first thing type.</param>
public sealed record NewPackNames(string Id, string Type, string Zh, string En);

/// <summary>Writes a small pack that works: every kind of file once, in both languages, with a test.</summary>
public static partial class NewPack
{
    /// <summary>As long as an id may be, less what is put behind it.</summary>
    public const int MostIdCharacters = 48;

    private const string Template = "pack-template/";

    // Text as YAML takes it in double quotes, which is how JSON writes it.
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether that can be the id of a new pack or type.</summary>
    public static bool IsId(string text) => text.Length <= MostIdCharacters && Id().IsMatch(text);

    /// <summary>Writes the files into a folder that is not there yet, or is empty. Answers their paths within it.</summary>
    /// <exception cref="IOException">The folder has something in it, or cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, NewPackNames names)
    {
        if (System.IO.Directory.Exists(folder) && System.IO.Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is there already, and not empty.");
        }

        var here = Assembly.GetExecutingAssembly();
        List<string> written = [];
        foreach (var name in here.GetManifestResourceNames().Where(name => name.StartsWith(Template, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(here.GetManifestResourceStream(name)!);
            var path = Filled(name[Template.Length..].Replace('\\', '/'), names);
            var file = Path.Combine(folder, path);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Filled(reader.ReadToEnd(), names));
            written.Add(path);
        }

        return written;
    }

    private static string Filled(string text, NewPackNames names) => text
        .Replace("__ID__", names.Id, StringComparison.Ordinal)
        .Replace("__TYPE__", names.Type, StringComparison.Ordinal)
        .Replace("__ZH__", JsonSerializer.Serialize(names.Zh, Quoted), StringComparison.Ordinal)
        .Replace("__EN__", JsonSerializer.Serialize(names.En, Quoted), StringComparison.Ordinal)
        .Replace("__EN_PLAIN__", names.En, StringComparison.Ordinal);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Id();
}
