using System.Buffers;
using System.Text;
using System.Text.Json;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>The JSON of the Handle.Net technical manual, 14.</summary>
public sealed class HandleJsonTests
{
    [Theory]
    [InlineData("""{"index":1,"type":"URL","data":"http://a/"}""", "687474703A2F2F612F")]
    [InlineData("""{"index":1,"type":"URL","data":{"format":"string","value":"铜"}}""", "E9939C")]
    [InlineData("""{"index":1,"type":"B","data":{"format":"hex","value":"00ff"}}""", "00FF")]
    [InlineData("""{"index":1,"type":"B","data":{"format":"base64","value":"AP8="}}""", "00FF")]
    [InlineData("""{"index":1,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"88.1/x","index":300,"permissions":"000000000101"}}}""", "00050000000638382E312F780000012C")]
    [InlineData("""{"index":1,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"88.1/x","index":300,"permissions":"*","legacyByteLength":true}}}""", "0FFF0000000638382E312F780000012C0000")]
    [InlineData("""{"index":1,"type":"HS_VLIST","data":{"format":"vlist","value":[{"handle":"88.1/x","index":2}]}}""", "000000010000000638382E312F7800000002")]
    public void Data_comes_in_each_of_its_formats(string json, string hex)
    {
        Assert.True(HandleJsonReader.TryReadValue(Encoding.UTF8.GetBytes(json), out var value, out var problem), problem);
        Assert.Equal(hex, Convert.ToHexString(value!.Data.Span));
    }

    [Theory]
    [InlineData("\"0110\"", HandlePermissions.AdminWrite | HandlePermissions.PublicRead)]
    [InlineData("\"*\"", HandlePermissions.Usual | HandlePermissions.PublicWrite)]
    [InlineData("\"01\"", HandlePermissions.AdminRead | HandlePermissions.AdminWrite | HandlePermissions.PublicWrite)]
    public void Permissions_are_digits(string json, HandlePermissions permissions)
    {
        Assert.True(HandleJsonReader.TryReadValue(Encoding.UTF8.GetBytes($$"""{"index":1,"type":"URL","data":"a","permissions":{{json}}}"""), out var value, out _));
        Assert.Equal(permissions, value!.Permissions);
    }

    [Theory]
    [InlineData("""{"index":1,"type":"URL"}""", "data is missing.")]
    [InlineData("""{"type":"URL","data":"a"}""", "index is no number from 0 to 2147483647.")]
    [InlineData("""{"index":-1,"type":"URL","data":"a"}""", "index is no number from 0 to 2147483647.")]
    [InlineData("""{"index":1,"type":7,"data":"a"}""", "type is no text.")]
    [InlineData("""{"index":1,"type":"URL","data":{"format":"rot13","value":"a"}}""", "format 'rot13' is not known.")]
    [InlineData("""{"index":1,"type":"URL","data":{"format":"hex","value":"0g"}}""", "value is no hexadecimal.")]
    [InlineData("""{"index":1,"type":"URL","data":"a","permissions":"2"}""", "permissions is not of up to four digits 0 and 1.")]
    [InlineData("""{"index":1,"type":"URL","data":"a","ttl":"soon"}""", "'soon' is no time.")]
    [InlineData("""{"index":1,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"","index":1}}}""", "handle is no handle.")]
    [InlineData("""[1]""", "There is no object where one must be.")]
    public void What_is_wrong_is_said(string json, string expected)
    {
        Assert.False(HandleJsonReader.TryReadValue(Encoding.UTF8.GetBytes(json), out var value, out var problem));
        Assert.Equal((null, expected), (value, problem));
    }

    [Fact]
    public void Json_that_is_none_is_said_to_be_none() => Assert.False(HandleJsonReader.TryReadResponse("{"u8.ToArray(), out _, out _));

    [Fact]
    public void An_answer_without_values_names_what_was_asked_for()
    {
        Assert.Equal("""{"responseCode":100,"handle":"88.1/x"}""", Written(HandleResponse.Failed(HandleResponseCode.HandleNotFound)));
        Assert.Equal("""{"responseCode":2,"message":"why","handle":"88.1/x"}""", Written(HandleResponse.Failed(HandleResponseCode.Error, "why")));
        Assert.Equal("""{"responseCode":302,"referralHandle":"88.1/s","handle":"88.1/x"}""", Written(new(HandleResponseCode.ServiceReferral) { Handle = HandleName.Parse("88.1/s") }));
    }

    [Fact]
    public void A_site_is_read_as_it_was_written()
    {
        var site = new HandleSite
        {
            HashOption = HandleHashOption.ByPrefix,
            Servers = [new(1, System.Net.IPAddress.Parse("2001:db8::1"), new byte[] { 1 }, [new(HandleServiceKinds.Both, HandleTransport.Https, 8000)])],
        };
        var value = new HandleValue { Index = 1, Type = HandleTypes.Site, Data = site.ToBytes() };
        Assert.True(HandleJsonReader.TryReadResponse(Encoding.UTF8.GetBytes(Written(HandleResponse.Done with { Values = [value] })), out var response, out var problem), problem);
        Assert.Equal([value], response!.Values);
    }

    // As BaseHandleRequestProcessingServlet of the Handle.Net server has it.
    [Theory]
    [InlineData(1, 1, 200)]
    [InlineData(1, 100, 201)]
    [InlineData(1, 102, 201)]
    [InlineData(1, 104, 200)]
    [InlineData(2, 1, 500)]
    [InlineData(3, 1, 503)]
    [InlineData(4, 1, 400)]
    [InlineData(5, 1, 501)]
    [InlineData(6, 1, 500)]
    [InlineData(7, 100, 503)]
    [InlineData(100, 1, 404)]
    [InlineData(101, 100, 409)]
    [InlineData(102, 1, 400)]
    [InlineData(200, 1, 200)]
    [InlineData(200, 103, 400)]
    [InlineData(201, 102, 409)]
    [InlineData(202, 102, 400)]
    [InlineData(301, 1, 400)]
    [InlineData(302, 1, 300)]
    [InlineData(303, 1, 300)]
    [InlineData(400, 100, 403)]
    [InlineData(401, 100, 403)]
    [InlineData(402, 100, 401)]
    [InlineData(403, 100, 403)]
    [InlineData(404, 100, 403)]
    [InlineData(405, 100, 500)]
    [InlineData(500, 100, 500)]
    public void A_code_has_its_status(int code, int operation, int status) => Assert.Equal(status, HandleHttpStatus.Of((HandleResponseCode)code, (HandleOperation)operation));

    private static string Written(HandleResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            HandleJsonWriter.Write(writer, HandleName.Parse("88.1/x"), response);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
