using System.Collections.Immutable;

namespace Jingwei.Server.Access;

/// <summary>What a caller may do within a grant's party and region.</summary>
public enum Right
{
    /// <summary>See things, readings, alarms, cases.</summary>
    View,

    /// <summary>Acknowledge alarms, handle cases, send commands, deliver readings.</summary>
    Operate,

    /// <summary>Create and change things, credentials, channels, rules.</summary>
    Configure,

    /// <summary>Manage users, grants, parties, tokens; see the audit.</summary>
    Administer,
}

/// <summary>A named set of rights; each role holds those of the role before it and one more.</summary>
public enum Role
{
    Viewer,
    Operator,
    Engineer,
    Administrator,
}

/// <summary>A role over a party subtree and a region subtree; both must cover what is asked for.</summary>
public sealed record Grant(long Id, Role Role, string Party, string Region)
{
    /// <summary>True when this grant gives <paramref name="right"/> over <paramref name="scope"/>.</summary>
    public bool Gives(Right right, Scope scope) =>
        (int)Role >= (int)right && scope.PartyPath.Covers(Party) && scope.RegionPath.Covers(Region);
}

/// <summary>
/// Where something stands in a tree: its ancestors' ids and its own, root first, as "/a/b/c/". An id holds no slash.
/// </summary>
public readonly record struct TreePath(string Text)
{
    public static TreePath Root(string id) => new($"/{id}/");

    public TreePath Child(string id) => new($"{Text}{id}/");

    /// <summary>True when <paramref name="ancestor"/> is this node or stands above it.</summary>
    public bool Covers(string ancestor) => Text.Contains($"/{ancestor}/", StringComparison.Ordinal);
}

/// <summary>The party and region that something belongs to.</summary>
public readonly record struct Scope(TreePath PartyPath, TreePath RegionPath)
{
    /// <summary>The whole installation: who holds a right here holds it everywhere, as the platform's operator does.</summary>
    public static Scope Everything { get; } = new(TreePath.Root(Parties.Root), TreePath.Root(Regions.Root));
}

/// <summary>What is calling.</summary>
public enum CallerKind
{
    User,
    Token,
    Thing,

    /// <summary>The platform itself: a rule that opens a case.</summary>
    System,
}

/// <summary>Who calls and what he was granted. Immutable; read anew for each request.</summary>
public sealed record Caller(CallerKind Kind, string Id, string Name, ImmutableArray<Grant> Grants)
{
    /// <summary>Gives a route handler its caller; routes that demand nothing have none and cannot ask.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.User.Caller());

    /// <summary>
    /// How audit and histories name who did something. A thing may have the id of a user; a slash stands in no id, so the two stay apart.
    /// </summary>
    public string Actor => Kind == CallerKind.Thing ? $"thing/{Id}" : Id;

    public static Caller System { get; } = new(CallerKind.System, "system", "Jingwei", []);

    /// <summary>True when a grant gives the right over that very party and region.</summary>
    public bool May(Right right, Scope scope) => Kind == CallerKind.System || Grants.Any(grant => grant.Gives(right, scope));

    /// <summary>True when a grant gives the right over any party and region at all.</summary>
    public bool MayAnywhere(Right right) => Kind == CallerKind.System || Grants.Any(grant => (int)grant.Role >= (int)right);
}
