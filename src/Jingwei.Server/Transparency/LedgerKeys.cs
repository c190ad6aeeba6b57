using System.Security.Cryptography;
using Jingwei.Ledger.Notes;

namespace Jingwei.Server.Transparency;

/// <summary>
/// The key by which this ledger signs, made at the first start: the private half where only the server reads it, the public half beside it for
/// everybody who verifies.
/// </summary>
internal static class LedgerKeys
{
    public const string PrivateFile = "ledger.key";
    public const string PublicFile = "ledger.vkey";

    // Bytes of chance in the name of a ledger to which the operator gave none.
    private const int NameBytes = 8;

    /// <summary>The key of a data folder.</summary>
    /// <param name="origin">The name that a new ledger gets; null: one by chance.</param>
    /// <exception cref="CannotStartException">What is there is no key, or its ledger has another name.</exception>
    public static NoteSigner Open(string data, string? origin)
    {
        var file = Path.Combine(data, PrivateFile);
        if (File.Exists(file))
        {
            var (signer, problem) = NoteSigner.Read(File.ReadAllText(file).Trim());
            return signer is null ? throw new CannotStartException($"{file} holds no key of a ledger: {problem}.")
                : origin is not null && origin != signer.Verifier.Name ? throw new CannotStartException($"The ledger is {signer.Verifier.Name}, and keeps its name for ever; start without --ledger-origin.")
                : signer;
        }

        var made = NoteSigner.Generate(origin ?? $"jingwei-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}/ledger", SignatureType.Ed25519);
        WriteOwners(file, made.ToPrivateKey());
        File.WriteAllText(Path.Combine(data, PublicFile), made.Verifier + "\n");
        return made;
    }

    /// <summary>Writes a secret: readable by its owner alone from the first byte on, and there as a whole or not at all.</summary>
    public static void WriteOwners(string file, string text)
    {
        var fresh = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file);
    }
}
