using System.Globalization;
using System.Text;

namespace Jingwei.Server.Access;

/// <summary>Ids of parties, regions, users and things: they stand in a path and a topic as they are.</summary>
public static class Ids
{
    /// <summary>Most characters (Unicode scalar values) of an id.</summary>
    public const int MaximumLength = 128;

    /// <summary>Most UTF-16 units of a name that people give: a line on the console.</summary>
    public const int MaximumName = 200;

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? Fault(string? id) => id switch
    {
        null or "" => "An id is missing.",
        Authenticator.TokenUser => $"The id \"{Authenticator.TokenUser}\" is reserved.",
        // Clients take these out of a path before they send it (RFC 3986, section 5.2.4).
        "." or ".." => "An id cannot be a dot segment of a path.",
        _ when !HasForm(id) => $"An id is 1 to {MaximumLength} letters or digits of any script, '.', '_', '-' or ':'.",
        _ => null,
    };

    /// <summary>What is wrong with a name that somebody gave, or null; none at all is fine.</summary>
    public static string? NameFault(string? name) => name?.Length > MaximumName ? $"A name has at most {MaximumName} characters." : null;

    // By scalar value: rarer Chinese characters stand outside the plane that one UTF-16 unit reaches.
    private static bool HasForm(string id)
    {
        var length = 0;
        foreach (var rune in id.EnumerateRunes())
        {
            if (++length > MaximumLength || !Fits(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(Rune rune) => rune.Value is '.' or '_' or '-' or ':' || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or
        UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or
        UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
