namespace Jingwei.Server.Cases.Review;

/// <summary>A stay in a state, and how its deadline went.</summary>
/// <param name="Left">Null: still there.</param>
/// <param name="Due">The deadline as it stood at the end; null: none.</param>
/// <param name="Missed">A deadline of this stay passed.</param>
internal sealed record ReviewStay(string State, DateTimeOffset Entered, DateTimeOffset? Left, DateTimeOffset? Due, bool Missed)
{
    /// <summary>Every stay of a case, in its order.</summary>
    public static IReadOnlyList<ReviewStay> Of(IEnumerable<PlacedEvent> history)
    {
        var stays = new List<ReviewStay>();
        Case? state = null;
        foreach (var placed in history)
        {
            var before = state;
            state = CaseFold.Apply(state, placed);
            var isOver = before is null || before.State != state.State || before.Final != state.Final;
            if (isOver && stays.Count > 0 && stays[^1].Left is null)
            {
                stays[^1] = stays[^1] with { Left = placed.At };
            }

            if (isOver && !state.Final)
            {
                stays.Add(new(state.State, placed.At, null, state.Due, false));
            }
            else if (!state.Final)
            {
                stays[^1] = stays[^1] with { Due = state.Due, Missed = stays[^1].Missed || placed.Event is CaseOverdue };
            }
        }

        return stays;
    }
}
