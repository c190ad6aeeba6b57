using System.Security.Cryptography;

namespace Jingwei.Server;

/// <summary>Ids that the platform makes: 48 bits of time and 80 random bits in Crockford's base 32, sortable by time (github.com/ulid/spec).</summary>
public static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int TimeCharacters = 10;
    private const int RandomCharacters = 16;

    public static string New(DateTimeOffset at) => string.Create(TimeCharacters + RandomCharacters, at.ToUnixTimeMilliseconds(), static (text, time) =>
    {
        for (var place = TimeCharacters - 1; place >= 0; place--)
        {
            text[place] = Alphabet[(int)(time & 31)];
            time >>= 5;
        }

        RandomNumberGenerator.GetItems(Alphabet, text[TimeCharacters..]);
    });
}
