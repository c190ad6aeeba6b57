using System.Security.Cryptography;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>Requests as bytes (RFC 3652, 3).</summary>
public static class HandleRequestWire
{
    /// <summary>Reads a request's body.</summary>
    /// <param name="message">Header, body and credential.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out HandleRequest? request, out WireFault fault)
    {
        request = null;
        if (!HandleHeader.TryRead(message, out var header, out fault))
        {
            return false;
        }

        var reader = new WireReader(message.Slice(WireLimits.Header, header.BodyLength));
        var body = Read(ref reader, header.Operation);
        reader.ReadEnd();
        if (body is null)
        {
            reader.Fail(WireFaultCode.Unknown, 0);
        }

        fault = reader.Fault;
        request = fault.IsNone ? body! with { Flags = header.Flags, RecursionCount = header.RecursionCount } : null;
        return fault.IsNone;
    }

    /// <summary>Header, body and an empty credential.</summary>
    public static void Write(ref WireWriter writer, HandleRequest request, ushort siteSerial = ushort.MaxValue, uint expiration = 0)
    {
        var start = writer.Length;
        var header = new HandleHeader { Operation = request.Operation, Flags = request.Flags, SiteSerial = siteSerial, RecursionCount = request.RecursionCount, Expiration = expiration };
        if (writer.Reserve(WireLimits.Header) is { Length: WireLimits.Header } place)
        {
            header.Write(place);
        }

        WriteBody(ref writer, request);
        writer.WriteInt32At(start + 20, writer.Length - start - WireLimits.Header);
        writer.WriteInt32(0);
    }

    private static HandleRequest? Read(ref WireReader reader, HandleOperation operation) => operation switch
    {
        HandleOperation.Resolution => new ResolutionRequest(reader.ReadHandle(), ReadIndexes(ref reader), ReadTypes(ref reader)),
        HandleOperation.CreateHandle or HandleOperation.AddValue or HandleOperation.ModifyValue => new ValuesRequest(operation, reader.ReadHandle(), HandleValueWire.ReadAll(ref reader)),
        HandleOperation.RemoveValue => new RemoveValuesRequest(reader.ReadHandle(), ReadIndexes(ref reader)),
        HandleOperation.ChallengeResponse => ReadChallengeAnswer(ref reader),
        HandleOperation.VerifyResponse => ReadVerify(ref reader),
        HandleOperation.GetSiteInfo or HandleOperation.DeleteHandle or HandleOperation.ListHandles or HandleOperation.HomePrefix
            or HandleOperation.UnhomePrefix or HandleOperation.ListHomedPrefixes or HandleOperation.SessionTerminate => new PlainRequest(operation, reader.ReadHandle()),
        _ => null,
    };

    private static int[] ReadIndexes(ref WireReader reader)
    {
        var indexes = new int[reader.ReadCount(WireLimits.Elements, 4)];
        for (var at = 0; at < indexes.Length; at++)
        {
            indexes[at] = reader.ReadInt32();
        }

        return indexes;
    }

    private static string[] ReadTypes(ref WireReader reader)
    {
        var types = new string[reader.ReadCount(WireLimits.Elements, 4)];
        for (var at = 0; at < types.Length; at++)
        {
            types[at] = reader.ReadText(WireLimits.Type);
        }

        return types;
    }

    private static ChallengeAnswerRequest ReadChallengeAnswer(ref WireReader reader) =>
        new(reader.ReadText(WireLimits.Type), reader.ReadReference(), reader.ReadBytes(WireLimits.Message).ToArray());

    private static VerifyRequest ReadVerify(ref WireReader reader)
    {
        var key = reader.ReadReference();
        var nonce = reader.ReadBytes(WireLimits.Type).ToArray();
        // RFC 3652 has the digest behind the name of its algorithm. Practice sends its length instead, whose first byte is zero.
        var digest = reader.Rest is [0, ..] ? reader.ReadBytes(SHA256.HashSizeInBytes) : RequestDigest.Read(ref reader) is [_, .. var bytes] ? bytes : [];
        return new(key, nonce, digest.ToArray(), reader.ReadBytes(WireLimits.Message).ToArray());
    }

    private static void WriteBody(ref WireWriter writer, HandleRequest request)
    {
        if (request is ChallengeAnswerRequest answer)
        {
            writer.WriteText(answer.AuthenticationType);
            writer.WriteReference(answer.Key);
            writer.WriteBytes(answer.Proof.Span);
            return;
        }

        writer.WriteBytes(request.Handle.Utf8);
        switch (request)
        {
            case ResolutionRequest resolution:
                WriteIndexes(ref writer, resolution.Indexes);
                writer.WriteInt32(resolution.Types.Count);
                foreach (var type in resolution.Types)
                {
                    writer.WriteText(type);
                }

                break;
            case ValuesRequest values:
                HandleValueWire.WriteAll(ref writer, values.Values);
                break;
            case RemoveValuesRequest remove:
                WriteIndexes(ref writer, remove.Indexes);
                break;
            case VerifyRequest verify:
                writer.WriteInt32(verify.Key.Index);
                writer.WriteBytes(verify.Nonce.Span);
                writer.WriteBytes(verify.Digest.Span);
                writer.WriteBytes(verify.Proof.Span);
                break;
        }
    }

    private static void WriteIndexes(ref WireWriter writer, IReadOnlyList<int> indexes)
    {
        writer.WriteInt32(indexes.Count);
        foreach (var index in indexes)
        {
            writer.WriteInt32(index);
        }
    }
}
