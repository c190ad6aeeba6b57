using System.Collections.Immutable;
using Jingwei.Server.Access;

namespace Jingwei.Server.Packs.Model;

/// <summary>A state of a case.</summary>
/// <param name="Within">How long a case may stay in it before it is late; null for no limit.</param>
public sealed record CaseState(string Id, bool Final, TimeSpan? Within, Label Name);

/// <summary>A step that people take from one state to another.</summary>
/// <param name="Right">The right over the case's party and region that it needs.</param>
/// <param name="ByAssignee">Only the assignee may take it.</param>
/// <param name="Assigns">Takes an assignee as input.</param>
/// <param name="AssignsSelf">Makes the caller the assignee.</param>
/// <param name="Requires">Fields that must be filled in once it is taken.</param>
public sealed record CaseTransition(
    string Id, ImmutableArray<string> From, string To, Right Right, bool ByAssignee, bool Assigns, bool AssignsSelf,
    ImmutableArray<string> Requires, bool CommentRequired, Label Name);

/// <summary>A type of closed loop: states, transitions, fields, deadlines.</summary>
public sealed record CaseType(
    string Id, string Pack, string Initial, ImmutableArray<CaseState> States,
    ImmutableArray<CaseTransition> Transitions, ImmutableArray<Property> Fields, Label Name);
