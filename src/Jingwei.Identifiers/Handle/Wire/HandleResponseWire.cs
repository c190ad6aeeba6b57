using Jingwei.Identifiers.Handle.Records;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>Answers as bytes (RFC 3652, 3).</summary>
public static class HandleResponseWire
{
    /// <summary>Reads an answer's body.</summary>
    /// <param name="message">Header, body and credential.</param>
    /// <param name="version">The envelope's: before 2.5 code 303 says another thing.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, HandleVersion version, out HandleResponse? response, out WireFault fault)
    {
        response = null;
        if (!HandleHeader.TryRead(message, out var header, out fault))
        {
            return false;
        }

        var reader = new WireReader(message.Slice(WireLimits.Header, header.BodyLength));
        var code = header.Code == HandleResponseCode.PrefixReferral && !version.HasPrefixReferral ? HandleResponseCode.ServerBackup : header.Code;
        var digest = (header.Flags & MessageOptions.RequestDigest) != 0 ? RequestDigest.Read(ref reader).ToArray() : [];
        var body = code switch
        {
            HandleResponseCode.Request => null,
            HandleResponseCode.Success => ReadSuccess(ref reader, header.Operation),
            HandleResponseCode.ServiceReferral or HandleResponseCode.PrefixReferral => new(code) { Handle = reader.ReadHandle(), Values = reader.Left > 0 ? HandleValueWire.ReadAll(ref reader) : [] },
            HandleResponseCode.AuthenticationNeeded => new(code) { Nonce = reader.ReadBytes(WireLimits.Type).ToArray() },
            _ => new(code) { Message = reader.Left > 0 ? reader.ReadText(WireLimits.Message) : "" },
        };
        reader.ReadEnd();
        if (body is null)
        {
            reader.Fail(WireFaultCode.Unknown, 0);
        }

        fault = reader.Fault;
        response = fault.IsNone ? body! with { Code = code, Digest = digest, Flags = header.Flags } : null;
        return fault.IsNone;
    }

    /// <summary>An answer's body behind its digest.</summary>
    public static void WriteBody(ref WireWriter writer, HandleOperation operation, HandleResponse response)
    {
        switch (response.Code)
        {
            case HandleResponseCode.Success:
                WriteSuccess(ref writer, operation, response);
                break;
            case HandleResponseCode.ServiceReferral or HandleResponseCode.PrefixReferral:
                writer.WriteBytes(response.Handle.Utf8);
                if (response.Values.Count > 0)
                {
                    HandleValueWire.WriteAll(ref writer, response.Values);
                }

                break;
            case HandleResponseCode.AuthenticationNeeded:
                writer.WriteBytes(response.Nonce.Span);
                break;
            default:
                writer.WriteText(response.Message);
                break;
        }
    }

    private static HandleResponse? ReadSuccess(ref WireReader reader, HandleOperation operation)
    {
        switch (operation)
        {
            case HandleOperation.Resolution:
                return HandleResponse.Done with { Handle = reader.ReadHandle(), Values = HandleValueWire.ReadAll(ref reader) };
            case HandleOperation.CreateHandle:
                // Only servers that mint say which handle was created.
                return HandleResponse.Done with { Handle = reader.Left > 0 ? reader.ReadHandle() : default };
            case HandleOperation.VerifyResponse:
                return HandleResponse.Done with { IsVerified = (reader.ReadByte() & 1) != 0 };
            case HandleOperation.ListHandles or HandleOperation.ListHomedPrefixes:
                var handles = new HandleName[reader.ReadCount(WireLimits.Handles, 4)];
                for (var at = 0; at < handles.Length; at++)
                {
                    handles[at] = reader.ReadHandle();
                }

                return HandleResponse.Done with { Handles = handles };
            case HandleOperation.GetSiteInfo:
                var start = reader.Position;
                if (!HandleSite.TryRead(reader.Take(reader.Left), out var site, out var wrong))
                {
                    reader.Fail(wrong.Code, start + wrong.Position);
                }

                return HandleResponse.Done with { Site = site };
            default:
                return HandleResponse.Done;
        }
    }

    private static void WriteSuccess(ref WireWriter writer, HandleOperation operation, HandleResponse response)
    {
        switch (operation)
        {
            case HandleOperation.Resolution:
                writer.WriteBytes(response.Handle.Utf8);
                HandleValueWire.WriteAll(ref writer, response.Values);
                break;
            case HandleOperation.CreateHandle when !response.Handle.IsEmpty:
                writer.WriteBytes(response.Handle.Utf8);
                break;
            case HandleOperation.VerifyResponse:
                writer.WriteByte(response.IsVerified ? (byte)1 : (byte)0);
                break;
            case HandleOperation.ListHandles or HandleOperation.ListHomedPrefixes:
                writer.WriteInt32(response.Handles.Count);
                foreach (var handle in response.Handles)
                {
                    writer.WriteBytes(handle.Utf8);
                }

                break;
            case HandleOperation.GetSiteInfo:
                writer.Write(response.Site?.ToBytes() ?? []);
                break;
        }
    }
}
