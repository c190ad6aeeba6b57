using System.Text.RegularExpressions;

namespace Jingwei.Server.Access;

/// <summary>Ids of parties, regions, users and things: they stand in a path and a topic as they are.</summary>
public static partial class Ids
{
    /// <summary>What is wrong with an id, or null.</summary>
    public static string? Fault(string? id) => id switch
    {
        null or "" => "An id is missing.",
        Authenticator.TokenUser => $"The id \"{Authenticator.TokenUser}\" is reserved.",
        _ when !Form().IsMatch(id) => "An id is 1 to 128 letters or digits of any script, '.', '_', '-' or ':'.",
        _ => null,
    };

    [GeneratedRegex(@"\A[\p{L}\p{Mn}\p{Mc}\p{Nd}._:-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
