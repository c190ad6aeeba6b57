using System.Security.Cryptography;

namespace Jingwei.Ledger;

/// <summary>Salts of one thread, fetched from the system's cryptographic source many at once: asking for each takes longer than hashing with it.</summary>
internal sealed class Salts
{
    private const int Fetched = 64;

    private readonly byte[] bytes = new byte[Fetched * HashChain.SaltSize];
    private int used = Fetched;

    public byte[] Next()
    {
        if (used == Fetched)
        {
            RandomNumberGenerator.Fill(bytes);
            used = 0;
        }

        var mine = bytes.AsSpan(used++ * HashChain.SaltSize, HashChain.SaltSize);
        var salt = mine.ToArray();
        // An erased row's salt must be nowhere else.
        mine.Clear();
        return salt;
    }
}
