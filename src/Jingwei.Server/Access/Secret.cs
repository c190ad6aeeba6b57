using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Server.Access;

/// <summary>
/// Secrets that the platform makes: 256 random bits, so a single SHA-256 is all that is stored of them; what people
/// choose goes through the password hasher instead.
/// </summary>
public static class Secret
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool Matches(string secret, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(secret), hash);
}
