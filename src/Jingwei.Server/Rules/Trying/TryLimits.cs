namespace Jingwei.Server.Rules.Trying;

/// <summary>How much of a past is read at a time.</summary>
/// <param name="Readings">That a query should bring, about: what the engine needs for any query (some 5 ms) is little beside a million.</param>
/// <param name="Rows">Of a query at the most, of some 40 bytes while they are here; what does not fit is asked for again, by less.</param>
/// <param name="Between">Readings that are read sooner than left out, since a further query takes as long.</param>
internal sealed record TryLimits(int Readings = 1_000_000, int Rows = 2_000_000, int Between = 100_000);
