using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks case types: every state can be reached and left, and every case can end.</summary>
internal sealed class CaseCheck(PackDraft draft, ProblemList problems)
{
    private static readonly string[] ForPeople = ["by", "assigns", "assignsSelf", "requires", "tasks", "checks", "evidence"];

    public void Check()
    {
        foreach (var type in draft.Files(Section.Cases))
        {
            CheckFields(type);
            CheckReferences(type);
            CheckStates(type);
            CheckAgreement(type);
        }
    }

    // The platform takes them, which is no person and fills nothing in.
    private void CheckAgreement(MapNode type)
    {
        var transitions = type.EntriesOf("transitions").ToDictionary(transition => transition.Id, transition => transition.Map, StringComparer.Ordinal);
        foreach (var outcome in (string[])["accepted", "declined"])
        {
            if (type.Map("agreement")?.Scalar(outcome) is not { } named)
            {
                continue;
            }

            Require(named, [.. transitions.Keys], "transition");
            if (transitions.TryGetValue(named.Text, out var taken) && ForPeople.Any(key => taken[key] is not null))
            {
                problems.Add(named, $"{named.Text} needs a person", $"a transition without {string.Join(", ", ForPeople)}");
            }
        }
    }

    private void CheckFields(MapNode type)
    {
        foreach (var field in type.EntriesOf("fields"))
        {
            TypeCheck.CheckRange(field, problems);
            TypeCheck.RefuseCounter(field, "field", problems);
            TypeCheck.RefuseRetention(field, "field", problems);
        }
    }

    private void CheckReferences(MapNode type)
    {
        var states = type.EntriesOf("states").Select(state => state.Id).ToList();
        var fields = type.EntriesOf("fields").Select(field => field.Id).ToList();
        Require(type.Scalar("initial"), states, "state");
        foreach (var transition in type.EntriesOf("transitions").Select(entry => entry.Map))
        {
            Require(transition.Scalar("to"), states, "state");
            foreach (var from in transition.ScalarsOf("from"))
            {
                Require(from, states, "state");
                if (type.Map("states")?.Map(from.Text)?.IsTrue("final") is true)
                {
                    problems.Add(from, $"{from.Text} is final", "a state that is not final");
                }
            }

            foreach (var field in transition.ScalarsOf("requires"))
            {
                Require(field, fields, "field");
            }

            if (transition.IsTrue("assigns") && transition.IsTrue("assignsSelf"))
            {
                problems.Add(transition["assignsSelf"]!, "assigns and assignsSelf together", "one of them");
            }
        }
    }

    private void CheckStates(MapNode type)
    {
        var transitions = type.EntriesOf("transitions").Select(entry => entry.Map).ToList();
        var reached = Reached(type.Text("initial"), transitions);
        foreach (var state in type.EntriesOf("states"))
        {
            var final = state.Map.IsTrue("final");
            if (final && state.Map["within"] is { } within)
            {
                problems.Add(within, $"the final state {state.Id} has a deadline", "no within");
            }

            if (!final && !transitions.Any(transition => transition.TextsOf("from").Contains(state.Id)))
            {
                problems.Add(state.Key, $"no transition leaves {state.Id}", "a transition from it, or final: true");
            }

            if (!reached.Contains(state.Id))
            {
                problems.Add(state.Key, $"{state.Id} is never reached", "a transition to it");
            }
        }

        if (type.Map("states") is { } states && !states.Entries.Any(state => state.Map.IsTrue("final")))
        {
            problems.Add(states, "no state is final", "a state with final: true");
        }
    }

    private static HashSet<string> Reached(string? initial, List<MapNode> transitions)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { initial ?? "" };
        int before;
        do
        {
            before = reached.Count;
            reached.UnionWith(transitions
                .Where(transition => transition.TextsOf("from").Any(reached.Contains))
                .Select(transition => transition.Text("to") ?? "")
                .ToList());
        }
        while (reached.Count > before);

        return reached;
    }

    private void Require(ScalarNode? reference, List<string> known, string what)
    {
        if (reference is not null && !known.Contains(reference.Text))
        {
            problems.Add(reference, $"no {what} {reference.Text}{Nearest.Hint(reference.Text, known)}", $"one of {string.Join(", ", known)}");
        }
    }
}
