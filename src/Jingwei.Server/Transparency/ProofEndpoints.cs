using System.Text;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Cases;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.Erasing;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Transparency;

/// <summary>What an identifier's commitment is made of, so that anybody computes it anew. All bytes are in base64.</summary>
/// <param name="Salt">Of what is beside the values.</param>
public sealed record IdentifierOpening(string Handle, uint Version, uint Time, uint Template, byte Flags, byte[] Salt, IReadOnlyList<ValueOpening> Values);

/// <summary>A value, or of a secret and of what was erased the commitment alone.</summary>
/// <param name="Audience">The number of who may read it, as it was hashed.</param>
/// <param name="Value">As the Handle protocol sends it.</param>
/// <param name="Erased">Whether it was erased.</param>
public sealed record ValueOpening(uint? Audience, byte[]? Salt, byte[]? Value, byte[] Commitment, bool Erased);

/// <summary>A proof that something is in the ledger.</summary>
/// <param name="Leaf">Its place in the ledger, from 0.</param>
/// <param name="Entry">The ledger's entry, in base64.</param>
/// <param name="Proof">A proof file (c2sp.org/tlog-proof), which verifies offline.</param>
/// <param name="Key">The verifier key of the ledger's checkpoints.</param>
/// <param name="Identifier">Of an identifier; null of anything else.</param>
/// <param name="Fact">Of a fact; null of anything else.</param>
/// <param name="Agreement">Of an agreement; null of anything else.</param>
public sealed record LedgerProofItem(
    string Source, ulong Sequence, long Leaf, byte[] Entry, string Proof, string Key, IdentifierOpening? Identifier, FactOpening? Fact, AgreementOpening? Agreement);

/// <summary>What the commitment to a version of an agreement is made of: SHA-256( 01 30 || salt || content ).</summary>
/// <param name="Salt">In base64.</param>
/// <param name="Content">The agreement in JSON, byte for byte.</param>
public sealed record AgreementOpening(byte[] Salt, string Content);

/// <summary>Proofs of what a caller may see.</summary>
internal static class ProofEndpoints
{
    // Checkpoints come once a second; who waits longer has found a ledger that waits itself.
    private const int LongestWait = 5;

    // api, ledger, proofs, facts stand before the id.
    private const int FactSegment = 4;

    private const string IdentifierPath = "/api/ledger/proofs/identifiers/";

    public static void MapProofs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(IdentifierPath + "{prefix}/{**suffix}", OfIdentifier).Requires(Right.View).Produces<LedgerProofItem>()
            .WithSummary("Proves a version of an identifier, the newest or `version`; `format=tlog-proof` gives the proof file alone, `wait` waits so many seconds (at most 5) for the next checkpoint.");
        routes.MapGet("/api/ledger/proofs/facts/{id}", OfFact).Requires(Right.View).Produces<LedgerProofItem>()
            .WithSummary("Proves an event by its id; `format=tlog-proof` gives the proof file alone, `wait` waits so many seconds (at most 5) for the next checkpoint.");
        routes.MapGet("/api/ledger/proofs/agreements/{id}", OfAgreement).Requires(Right.View).Produces<LedgerProofItem>()
            .WithSummary("Proves the newest version of a sharing agreement; `format=tlog-proof` gives the proof file alone, `wait` waits so many seconds (at most 5) for the next checkpoint.");
        routes.MapGet("/api/ledger/proofs/cases/{id}", OfCase).Requires(Right.View).Produces<LedgerProofItem>()
            .WithSummary("Proves the history of a case up to its newest event, or up to `seq`; `format=tlog-proof` gives the proof file alone, `wait` waits so many seconds (at most 5) for the next checkpoint.");
    }

    private static async Task<IResult> OfFact(Caller caller, string? format, int? wait, FactStore facts, FactRights rights, NameBook names, Actors actors, LedgerProving proving, HttpContext context)
    {
        var id = RawPath.Segment(context, FactSegment);
        var view = rights.ViewOf(caller);
        // A proof tells the event whole: whoever sees a part of it cannot have one.
        var seen = facts.WithId(id).Where(each => view.SeesWhole(facts.Find(each.Sequence))).ToList();
        rights.NoteUses(caller, view, AgreementUseKind.Query);
        if (seen.Count == 0)
        {
            return Problems.NotFound("event");
        }

        var (sequence, party) = seen[0];
        var fact = facts.Open(sequence, record => FactOpening.Of(record, mark => view.Of(party).SeesAll ? MemberErasure.Of(mark, names, actors) : null));
        return await AnswerAsync(proving, new(LedgerSourceKind.Facts, sequence, null, id) { Fact = fact }, format, wait, context.RequestAborted);
    }

    private static async Task<IResult> OfIdentifier(
        Caller caller, uint? version, string? format, int? wait, Prefixes prefixes, PrefixRights rights, IdentifierStore store, LedgerProving proving, HttpContext context)
    {
        if (Visible(caller, context, prefixes, rights) is not { } key || Opening(store, key, version) is not var (opening, sequence))
        {
            return Problems.NotFound("identifier");
        }

        return await AnswerAsync(proving, new(LedgerSourceKind.Identifiers, sequence, opening, opening.Handle), format, wait, context.RequestAborted);
    }

    private static async Task<IResult> OfCase(Caller caller, string id, long? seq, string? format, int? wait, CaseStore cases, LedgerProving proving, HttpContext context) =>
        cases.PositionOf(caller, id, seq) is { } position
            ? await AnswerAsync(proving, new(LedgerSourceKind.Cases, (ulong)position, null, id), format, wait, context.RequestAborted)
            : Problems.NotFound("case");

    private static async Task<IResult> OfAgreement(
        Caller caller, string id, string? format, int? wait, AgreementBook agreements, AgreementRights rights, LedgerProving proving, HttpContext context)
    {
        if (agreements.Find(id) is not { } found || !rights.MaySee(caller, found))
        {
            return Problems.NotFound("agreement");
        }

        var (position, salt, content) = agreements.Opening(id);
        return await AnswerAsync(proving, new(LedgerSourceKind.Agreements, (ulong)position, null, id) { Agreement = new(salt, content) }, format, wait, context.RequestAborted);
    }

    private static byte[]? Visible(Caller caller, HttpContext context, Prefixes prefixes, PrefixRights rights)
    {
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes + 1];
        return IdentifierName.KeyOf(TargetName.Of(context, IdentifierPath, name)) is { } key && IdentifierName.PrefixOf(key) is { } prefix &&
            prefixes.Find(prefix) is { } found && caller.May(Right.View, rights.ScopeOf(found.Party))
            ? key
            : null;
    }

    private static async Task<IResult> AnswerAsync(LedgerProving proving, Proven what, string? format, int? wait, CancellationToken cancellation)
    {
        if (await proving.ProveAsync(what.Source, what.Sequence, TimeSpan.FromSeconds(Math.Clamp(wait ?? 0, 0, LongestWait)), cancellation) is not var (proof, entry))
        {
            return Problems.Conflict("not-published", "This was written a moment ago and is in the next checkpoint of the ledger. Ask again in a second.");
        }

        var file = proof.ToBytes();
        return format == "tlog-proof"
            ? TypedResults.File(file, "text/plain; charset=utf-8", $"{Uri.EscapeDataString(what.Name)}.tlog-proof")
            : TypedResults.Ok(new LedgerProofItem(
                what.Source.ToString().ToLowerInvariant(), what.Sequence, proof.Index, entry.ToArray(), Encoding.UTF8.GetString(file), proving.Key.ToString(), what.Opening, what.Fact, what.Agreement));
    }

    private static (IdentifierOpening Opening, ulong Sequence)? Opening(IdentifierStore store, byte[] key, uint? version)
    {
        (IdentifierOpening, ulong)? opening = null;
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var newest = store.Find(key, scratch);
        if (newest.Exists && IdentifierRecord.Read(newest.Bytes) is var record && (version is null || version == record.Head.Version))
        {
            return Opening(key, record);
        }

        store.WalkVersions(key, (_, earlier) =>
        {
            opening = earlier.Head.Version == version ? Opening(key, earlier) : opening;
            return opening is null;
        });
        return opening;
    }

    private static (IdentifierOpening Opening, ulong Sequence) Opening(byte[] key, IdentifierRecord record)
    {
        var (head, salt) = (record.Head, new byte[RecordCommitment.Bytes]);
        RecordCommitment.SaltOfHead(record, salt);
        return (new(Encoding.UTF8.GetString(key), head.Version, head.At, head.Template, (byte)head.Flags, salt, Values(record)), head.Sequence);
    }

    private static List<ValueOpening> Values(in IdentifierRecord record)
    {
        var values = new List<ValueOpening>(record.Places);
        var audiences = record.Audiences;
        var rest = record.Values;
        for (var place = 0; place < record.Places; place++)
        {
            if (record.Erased.Holds(place))
            {
                values.Add(new(null, null, null, record.Erased.At(place).ToArray(), true));
                continue;
            }

            HandleValueWire.TryNext(ref rest, out var value);
            var (audience, salt, commitment) = (audiences.Next(), new byte[RecordCommitment.Bytes], new byte[RecordCommitment.Bytes]);
            RecordCommitment.SaltOfValue(record, place, salt);
            RecordCommitment.OfValue(salt, audience, value.Bytes, commitment);
            // With its salt a secret could be guessed.
            values.Add(SecretValues.Holds(value) ? new(null, null, null, commitment, false) : new(audience, salt, value.Bytes.ToArray(), commitment, false));
        }

        return values;
    }

    private sealed record Proven(LedgerSourceKind Source, ulong Sequence, IdentifierOpening? Opening, string Name)
    {
        public FactOpening? Fact { get; init; }

        public AgreementOpening? Agreement { get; init; }
    }
}
