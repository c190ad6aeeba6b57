using System.Text;
using Jingwei.Server.Facts.Erasing;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Transparency;

/// <summary>What a fact's commitment is made of, so that anybody computes it anew (see <see cref="FactCommitment"/>). Bytes are in base64.</summary>
/// <param name="Salt">Of the head.</param>
/// <param name="Head">Who recorded it when, as it is stored.</param>
/// <param name="Members">Of the event, in their order.</param>
public sealed record FactOpening(byte[] Salt, byte[] Head, IReadOnlyList<MemberOpening> Members)
{
    /// <param name="told">What is told of an erasure; null for nothing.</param>
    internal static FactOpening Of(FactRecord record, Func<ErasureMark, MemberErasure?> told)
    {
        var remains = record.Remains();
        var members = new List<MemberOpening>();
        var walk = new FactMembers(record.Event);
        for (var place = 0; remains is null || place < remains.Members.Count; place++)
        {
            if (remains?.Members[place] is { Commitment: { } commitment, Erased: { } mark })
            {
                members.Add(new(null, null, null, commitment, told(mark)));
            }
            else if (walk.Next())
            {
                members.Add(Open(walk, remains?.Members[place].Salt ?? FactCommitment.SaltOfMember(record, place)));
            }
            else
            {
                break;
            }
        }

        return new(remains?.HeadSalt ?? FactCommitment.SaltOfHead(record), record.Head.ToArray(), members);
    }

    private static MemberOpening Open(in FactMembers member, byte[] salt)
    {
        var commitment = new byte[FactCommitment.Bytes];
        FactCommitment.OfMember(salt, member.Name, member.Value, commitment);
        return new(Encoding.UTF8.GetString(member.Name), Encoding.UTF8.GetString(member.Value), salt, commitment, null);
    }
}

/// <summary>A member of an event, or of one that was erased the commitment alone.</summary>
/// <param name="Name">As its bytes stand in the event, without quotes.</param>
/// <param name="Value">In JSON, byte for byte.</param>
/// <param name="Erased">Null where it was not, and for who sees the event by an agreement.</param>
public sealed record MemberOpening(string? Name, string? Value, byte[]? Salt, byte[] Commitment, MemberErasure? Erased);
