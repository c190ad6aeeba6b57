using System.Security.Cryptography;
using Jingwei.Server.Packs.Plugins;

namespace Jingwei.Server.Packs.Signing;

/// <summary>Which packs the operator lets in.</summary>
/// <param name="KeysFolder">Folder of PEM files with the public keys that are trusted; null: none is.</param>
/// <param name="UnsignedAllowed">Whether packs come in that no trusted key has signed.</param>
public sealed record PackTrust(string? KeysFolder, bool UnsignedAllowed)
{
    /// <summary>Whether plug-ins are loaded of packs that are let in.</summary>
    public bool PluginsAllowed { get; init; }

    /// <summary>Any pack, as for who writes packs himself; but no plug-ins.</summary>
    public static PackTrust Anyone { get; } = new(null, true);

    /// <summary>Everything that speaks against a pack's folder, as problems of its files.</summary>
    /// <param name="prefix">What stands before file names in problems.</param>
    /// <exception cref="IOException">A file could not be read.</exception>
    public IReadOnlyList<PackProblem> Problems(string folder, string prefix)
    {
        PackProblem Problem(string file, string message, string expected) => new(prefix + file, 1, 1, message, expected);

        if (!File.Exists(Path.Combine(folder, PackSignature.FileName)))
        {
            return UnsignedAllowed ? [] : [Problem("pack.yaml", "the pack is not signed", "a signature by a trusted key: only such packs are let in here")];
        }

        if (PackSignature.Read(folder) is not { } signature || !signature.IsGenuine)
        {
            return [Problem(PackSignature.FileName, "the signature is not that of its list of files", "a file that pack sign wrote")];
        }

        // A signature that is there must hold, whoever made it: a pack that was tampered with is no unsigned one.
        List<PackProblem> problems = [.. signature.Differences(folder).Select(file => Problem(file.Path, $"the file was {file.What} after the pack was signed", "the files that were signed"))];
        if (!UnsignedAllowed && !Keys().Any(key => CryptographicOperations.FixedTimeEquals(key, signature.Key)))
        {
            problems.Add(Problem(PackSignature.FileName, "no trusted key has signed the pack", $"one of the keys in {KeysFolder ?? "a folder named with --pack-keys"}"));
        }

        return problems;
    }

    /// <summary>Whether the plug-in of a pack's folder is loaded.</summary>
    internal PluginUse PluginsOf(PackFolder pack) => PluginsOf(Problems(pack.Path, pack.Prefix));

    /// <inheritdoc cref="PluginsOf(PackFolder)"/>
    /// <param name="problems">Those of the folder.</param>
    internal PluginUse PluginsOf(IReadOnlyList<PackProblem> problems) =>
        !PluginsAllowed ? PluginUse.Denied : problems.Count > 0 ? PluginUse.Untrusted : PluginUse.Allowed;

    private IEnumerable<byte[]> Keys() => KeysFolder is null || !System.IO.Directory.Exists(KeysFolder)
        ? []
        : System.IO.Directory.EnumerateFiles(KeysFolder, "*.pem").Order(StringComparer.Ordinal).SelectMany(file => PackKey.ReadPublic(File.ReadAllText(file)));
}
