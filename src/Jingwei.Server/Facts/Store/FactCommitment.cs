using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Jingwei.Server.Facts.Store;

/// <summary>
/// What the ledger keeps of a fact: a hash over a commitment to each member of its event, so that members can be shown, or erased, and the others
/// still prove.
/// </summary>
/// <remarks>
/// Integers are big-endian, every hash is SHA-256, the first two bytes of what is hashed are the version and a domain.
/// <code>
/// salts of members 2i, 2i+1 = the halves of SHA-256( 01 || 21 || salt (16) || uint32 i )
/// salt of the head          = the first half of SHA-256( 01 || 23 || salt (16) )
/// member                    = SHA-256( 01 || 22 || salt of member || uint32 length of name || name || value )
/// commitment                = SHA-256( 01 || 20 || salt of the head || head || members in their order )
/// </code>
/// Names and values are the bytes of the stored JSON; a name without its quotes. Each salt can be shown without the others and without the one that
/// they come from.
/// </remarks>
internal static class FactCommitment
{
    public const int Bytes = SHA256.HashSizeInBytes;
    public const int SaltBytes = FactRecord.SaltBytes;

    private const byte Version = 1;
    private const byte FactDomain = 0x20;
    private const byte MemberSaltDomain = 0x21;
    private const byte MemberDomain = 0x22;
    private const byte HeadSaltDomain = 0x23;
    private const int DomainBytes = 2;
    private const int LengthBytes = sizeof(uint);

    // Bytes of what is hashed on the stack: a member of most events.
    private const int Small = 512;

    /// <summary>Commits to a fact.</summary>
    public static void Of(in FactRecord record, Span<byte> commitment)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> salt = stackalloc byte[SaltBytes];
        if (record.Remains() is { } remains)
        {
            Start(hash, remains.HeadSalt, record.Head);
            Append(hash, record, remains);
        }
        else
        {
            SaltOfHead(record.Salt, salt);
            Start(hash, salt, record.Head);
            Append(hash, record);
        }

        hash.GetHashAndReset(commitment);
    }

    /// <summary>Commits to a member.</summary>
    public static void OfMember(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Span<byte> commitment)
    {
        var length = DomainBytes + SaltBytes + LengthBytes + name.Length + value.Length;
        var rented = length > Small ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented is null ? stackalloc byte[Small] : rented;
        (text[0], text[1]) = (Version, MemberDomain);
        salt.CopyTo(text[DomainBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(text[(DomainBytes + SaltBytes)..], (uint)name.Length);
        var rest = text[(DomainBytes + SaltBytes + LengthBytes)..];
        name.CopyTo(rest);
        value.CopyTo(rest[name.Length..]);
        SHA256.HashData(text[..length], commitment);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The salt of what is beside the members, of a record of which nothing was erased.</summary>
    public static byte[] SaltOfHead(in FactRecord record)
    {
        var salt = new byte[SaltBytes];
        SaltOfHead(record.Salt, salt);
        return salt;
    }

    private static void SaltOfHead(ReadOnlySpan<byte> salt, Span<byte> destination)
    {
        Span<byte> text = stackalloc byte[DomainBytes + SaltBytes];
        (text[0], text[1]) = (Version, HeadSaltDomain);
        salt.CopyTo(text[DomainBytes..]);
        Span<byte> halves = stackalloc byte[Bytes];
        SHA256.HashData(text, halves);
        halves[..SaltBytes].CopyTo(destination);
    }

    // The salts of two members, one behind the other; the pair is the place of the first, halved.
    private static void SaltsOfMembers(ReadOnlySpan<byte> salt, uint pair, Span<byte> salts)
    {
        Span<byte> text = stackalloc byte[DomainBytes + SaltBytes + sizeof(uint)];
        (text[0], text[1]) = (Version, MemberSaltDomain);
        salt.CopyTo(text[DomainBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(text[(DomainBytes + SaltBytes)..], pair);
        SHA256.HashData(text, salts);
    }

    /// <summary>The salt of a member of a record of which nothing was erased.</summary>
    public static byte[] SaltOfMember(in FactRecord record, int place)
    {
        Span<byte> salts = stackalloc byte[2 * SaltBytes];
        SaltsOfMembers(record.Salt, (uint)place / 2, salts);
        return salts.Slice(place % 2 * SaltBytes, SaltBytes).ToArray();
    }

    private static void Start(IncrementalHash hash, ReadOnlySpan<byte> saltOfHead, ReadOnlySpan<byte> head)
    {
        hash.AppendData([Version, FactDomain]);
        hash.AppendData(saltOfHead);
        hash.AppendData(head);
    }

    private static void Append(IncrementalHash hash, in FactRecord record)
    {
        Span<byte> salts = stackalloc byte[2 * SaltBytes];
        Span<byte> commitment = stackalloc byte[Bytes];
        var members = new FactMembers(record.Event);
        for (var place = 0u; members.Next(); place++)
        {
            var isSecond = place % 2 == 1;
            if (!isSecond)
            {
                SaltsOfMembers(record.Salt, place / 2, salts);
            }

            OfMember(isSecond ? salts[SaltBytes..] : salts[..SaltBytes], members.Name, members.Value, commitment);
            hash.AppendData(commitment);
        }
    }

    private static void Append(IncrementalHash hash, in FactRecord record, FactRemains remains)
    {
        Span<byte> commitment = stackalloc byte[Bytes];
        var members = new FactMembers(record.Event);
        foreach (var member in remains.Members)
        {
            if (member.Commitment is { } kept)
            {
                hash.AppendData(kept);
                continue;
            }

            // A member that is not there, or one too many, makes another commitment: the record was altered.
            if (members.Next())
            {
                OfMember(member.Salt, members.Name, members.Value, commitment);
                hash.AppendData(commitment);
            }
        }

        if (members.Next())
        {
            hash.AppendData(members.Value);
        }
    }
}
