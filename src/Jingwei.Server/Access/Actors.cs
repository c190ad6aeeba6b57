namespace Jingwei.Server.Access;

/// <summary>Names of those who did something, as histories and audit keep them by id.</summary>
public sealed class Actors(Users users, Tokens tokens)
{
    /// <summary>The name of a user or token; its id where it is not there any more.</summary>
    public string NameOf(string id) => users.Find(id)?.Name ?? tokens.ById(id)?.Name ?? id;
}
