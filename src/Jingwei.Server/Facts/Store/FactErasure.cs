using System.Buffers;
using System.Text;

namespace Jingwei.Server.Facts.Store;

/// <summary>What came of an erasure.</summary>
internal enum FactErasureOutcome
{
    Done,

    /// <summary>The event has none of these members, or they were erased before.</summary>
    Nothing,

    /// <summary>What would be left is no event.</summary>
    NoEvent,
}

/// <summary>What came of an erasure, and the id that is left.</summary>
internal sealed record FactErasureResult(FactErasureOutcome Outcome, string? EventId = null);

/// <summary>Takes members out of the record of a fact so that its commitment stays what it was.</summary>
internal static class FactErasure
{
    private const string EventId = "eventID";

    /// <summary>The record without members of its event; null where it has none of them.</summary>
    /// <param name="members">Their names; null for all.</param>
    /// <param name="mark">Says when, by whom and why; its name is passed over.</param>
    /// <param name="newId">The id that the event has from now on, where its own has to go; null where it keeps it.</param>
    public static byte[]? Of(in FactRecord record, IReadOnlyCollection<string>? members, ErasureMark mark, string? newId)
    {
        var before = record.Remains();
        var remains = new List<MemberRemains>();
        var left = new ArrayBufferWriter<byte>(record.Event.Length);
        var isChanged = false;
        var walk = new FactMembers(record.Event);
        for (var place = 0; before is null || place < before.Members.Count; place++)
        {
            if (before?.Members[place] is { Commitment: not null } earlier)
            {
                remains.Add(earlier);
                continue;
            }

            if (!walk.Next())
            {
                break;
            }

            var (name, salt) = (Encoding.UTF8.GetString(walk.Name), before?.Members[place].Salt ?? FactCommitment.SaltOfMember(record, place));
            var isMeant = members is null || members.Contains(name);
            isChanged |= isMeant;
            if (isMeant || (name == EventId && newId is not null))
            {
                var commitment = new byte[FactCommitment.Bytes];
                FactCommitment.OfMember(salt, walk.Name, walk.Value, commitment);
                remains.Add(new(null, commitment, mark with { Name = name }));
                continue;
            }

            remains.Add(new(salt, null, null));
            Keep(left, walk);
        }

        return isChanged ? record.With(new(before?.HeadSalt ?? FactCommitment.SaltOfHead(record), remains, newId ?? before?.EventId), Closed(left)) : null;
    }

    private static void Keep(ArrayBufferWriter<byte> left, in FactMembers member)
    {
        left.Write(left.WrittenCount == 0 ? "{\""u8 : ",\""u8);
        left.Write(member.Name);
        left.Write("\":"u8);
        left.Write(member.Value);
    }

    private static ReadOnlySpan<byte> Closed(ArrayBufferWriter<byte> left)
    {
        if (left.WrittenCount > 0)
        {
            left.Write("}"u8);
        }

        return left.WrittenSpan;
    }
}
