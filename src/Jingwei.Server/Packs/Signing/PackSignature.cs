using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jingwei.Server.Packs.Signing;

/// <summary>
/// The file signature.json of a pack: the SHA-256 of every other file, and who says that these are the files. What is signed is the text
/// "jingwei pack 1", then a line for each file in ordinal order: its digest, two spaces, its path.
/// </summary>
/// <param name="Key">Ed25519 public key.</param>
public sealed record PackSignature(byte[] Key, byte[] Signature, SortedDictionary<string, string> Files)
{
    public const string FileName = "signature.json";

    private const string Format = "jingwei pack 1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Signs the files that a pack's folder has now, and writes the signature beside them.</summary>
    /// <exception cref="IOException">A file could not be read or written.</exception>
    public static PackSignature Write(string folder, byte[] secret)
    {
        var files = Digests(folder);
        var signature = new PackSignature(PackKey.PublicOf(secret), PackKey.Sign(secret, Message(files)), files);
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(signature, Json) + "\n");
        return signature;
    }

    /// <summary>The signature of a pack's folder; null when it has none, or one that cannot be read.</summary>
    public static PackSignature? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<PackSignature>(File.ReadAllText(path), Json) is { Key: not null, Signature: not null, Files: { } files } read
                ? read with { Files = new(files, StringComparer.Ordinal) }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True when the key that it names signed this list of files.</summary>
    [JsonIgnore]
    public bool IsGenuine => PackKey.Verify(Key, Message(Files), Signature);

    /// <summary>What became of the files since: "changed", "added" or "removed", by path.</summary>
    public IEnumerable<(string Path, string What)> Differences(string folder)
    {
        var now = Digests(folder);
        return Files.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(path => Files.GetValueOrDefault(path) != now.GetValueOrDefault(path))
            .Select(path => (path, !Files.ContainsKey(path) ? "added" : now.ContainsKey(path) ? "changed" : "removed"));
    }

    private static byte[] Message(SortedDictionary<string, string> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Value}  {file.Key}\n").Prepend(Format + "\n")));

    // Names that begin with a dot are the editor's or the version control's, as for the reader of packs.
    private static SortedDictionary<string, string> Digests(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name != FileName && !name.Split('/').Any(part => part.StartsWith('.')))
            {
                using var file = File.OpenRead(path);
                files.Add(name, Convert.ToHexStringLower(SHA256.HashData(file)));
            }
        }

        return files;
    }
}
