namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>What a resolver answers.</summary>
/// <param name="Status">
/// The status of HTTP: 307 redirects to <paramref name="Location"/>; 300 leaves the choice between <paramref name="Choices"/>; 200 is the linkset of
/// <paramref name="Levels"/>; 404 says that there is no link, or none of the type that was asked for.
/// </param>
/// <param name="Location">Where a redirection goes; null for other answers.</param>
/// <param name="Levels">The levels that the Digital Link stands for, the finest first; of a choice the one that has its links.</param>
/// <param name="Choices">Links of one type that fit the request equally well; empty for other answers.</param>
public sealed record ResolutionAnswer(int Status, string? Location, IReadOnlyList<LinkLevel> Levels, IReadOnlyList<Link> Choices);
