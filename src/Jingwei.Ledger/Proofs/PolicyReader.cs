using System.Text;
using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Proofs;

/// <summary>Reads a policy line by line; names are octets, each in one character (tlog-policy, Character set).</summary>
internal sealed class PolicyReader(PolicyLimits limits)
{
    // The name that asks for no witness; no witness and group may have it.
    private const string None = "none";

    private readonly List<PolicyLog> logs = [];
    private readonly List<PolicyWitness> witnesses = [];
    private readonly Dictionary<string, PolicyQuorum> defined = [];
    private readonly HashSet<string> members = [];
    private PolicyQuorum? quorum;
    private int groups;

    public LedgerReading<LogPolicy> Read(ReadOnlySpan<byte> text)
    {
        var lines = new Lines(text);
        while (!lines.Rest.IsEmpty)
        {
            var at = lines.Position;
            if (!lines.TryNext(out var line))
            {
                return Refuse("The last line is not ended.", at);
            }

            if (line.ContainsAnyInRange((byte)0, (byte)0x08) || line.ContainsAnyInRange((byte)0x0a, (byte)0x1f) || line.Contains((byte)0x7f))
            {
                return new LedgerProblem(LedgerProblemCode.IllegalCharacter, "A policy has no control characters but tab and newline.", at);
            }

            if (ReadLine(Encoding.Latin1.GetString(line).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)) is { } why)
            {
                return Refuse(why, at);
            }
        }

        return quorum is null ? Refuse("There is no quorum line.", text.Length) : new LogPolicy(logs, witnesses, quorum);
    }

    // Gives what is wrong with the line.
    private string? ReadLine(string[] words) => words switch
    {
        [] or [['#', ..], ..] => null,
        ["log", var key] => ReadLog(key, null),
        ["log", var key, var url] => ReadLog(key, url),
        ["witness", var name, var key] => ReadWitness(name, key, null),
        ["witness", var name, var key, var url] => ReadWitness(name, key, url),
        ["group", var name, var threshold, _, ..] => ReadGroup(name, threshold, words[3..]),
        ["quorum", var name] => ReadQuorum(name),
        _ => "A line is log, witness, group or quorum, with what belongs to it.",
    };

    private string? ReadLog(string key, string? url)
    {
        var (verifier, problem) = NoteVerifier.Read(Text(key));
        if (verifier is null)
        {
            return problem!.Message;
        }

        if (logs.Any(log => Same(log.Key, verifier)))
        {
            return $"The key of {verifier.Name} is listed twice.";
        }

        logs.Add(new(verifier, url is null ? null : Text(url)));
        return logs.Count > limits.Logs ? $"There are more than {limits.Logs} logs." : null;
    }

    private string? ReadWitness(string name, string key, string? url)
    {
        var (verifier, problem) = NoteVerifier.Read(Text(key));
        if (verifier is null)
        {
            return problem!.Message;
        }

        if (verifier.Type == SignatureType.Ed25519)
        {
            return $"The key of {verifier.Name} is no cosigner's.";
        }

        if (witnesses.Any(witness => Same(witness.Key, verifier)))
        {
            return $"The key of {verifier.Name} is listed twice.";
        }

        witnesses.Add(new(Text(name), verifier, url is null ? null : Text(url)));
        return witnesses.Count > limits.Witnesses ? $"There are more than {limits.Witnesses} witnesses." : Define(name, PolicyQuorum.Of(verifier));
    }

    private string? ReadGroup(string name, string threshold, string[] names)
    {
        var least = threshold switch
        {
            "all" => names.Length,
            "any" => 1,
            _ => Lines.TryNumber(Encoding.Latin1.GetBytes(threshold), out var number) ? number : 0,
        };
        if (least < 1 || least > names.Length)
        {
            return $"The threshold of {Text(name)} is all, any or a number from 1 to {names.Length}.";
        }

        var parts = new List<PolicyQuorum>();
        foreach (var member in names)
        {
            if (!defined.TryGetValue(member, out var part))
            {
                return $"{Text(member)} is not defined before it is a member of {Text(name)}.";
            }

            if (!members.Add(member))
            {
                return $"{Text(member)} is a member already.";
            }

            parts.Add(part);
        }

        return ++groups > limits.Groups ? $"There are more than {limits.Groups} groups." : Define(name, new((int)least, null, parts));
    }

    private string? ReadQuorum(string name)
    {
        if (quorum is not null)
        {
            return "There is a quorum already.";
        }

        quorum = name == None ? PolicyQuorum.None : defined.GetValueOrDefault(name);
        return quorum is null ? $"{Text(name)} is not defined before the quorum." : null;
    }

    private string? Define(string name, PolicyQuorum meaning) =>
        name == None || !defined.TryAdd(name, meaning) ? $"The name {Text(name)} is taken." : null;

    // Two keys are the same by their bytes, whatever they are called (tlog-policy, Public key representation).
    private static bool Same(NoteVerifier one, NoteVerifier other) => one.PublicKey.SequenceEqual(other.PublicKey);

    private static string Text(string octets) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));

    private static LedgerProblem Refuse(string why, int at) => new(LedgerProblemCode.InvalidPolicy, why, at);
}
