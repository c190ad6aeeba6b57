using System.Buffers;
using System.Text;
using System.Text.Json;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Json;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Tests;

namespace Jingwei.Conformance.Handle;

/// <summary>Records and values as two services give them: of EUDAT's pyhandle, and the guide of the Chinese identifier nodes (id-guide).</summary>
[Trait("Category", "Vectors")]
public sealed class JsonVectorTests
{
    [Theory]
    [InlineData("pyhandle_tests_resources_handlerecord_for_reading_PUBLIC.json", "100 HS_ADMIN", "3 TEST1", "4 TEST2", "5 TESTDUP", "6 TESTDUP")]
    [InlineData("pyhandle_tests_resources_handlerecord_with_10320LOC_PUBLIC.json", "2 10320/LOC", "3 CREATION_DATE")]
    [InlineData("pyhandle_tests_resources_handlerecord_with_empty_10320LOC_PUBLIC.json", "2 10320/LOC", "3 CREATION_DATE")]
    public void Answers_are_read_and_written_as_they_were(string file, params string[] values)
    {
        var bytes = File.ReadAllBytes(Path.Combine(External.Vectors("handle", "open", "pyhandle"), file));
        Assert.True(HandleJsonReader.TryReadResponse(bytes, out var response, out var problem), problem);
        Assert.Equal(values, response!.Values.Select(value => $"{value.Index} {value.Type}"));

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            HandleJsonWriter.Write(writer, response.Handle, response);
        }

        using var written = JsonDocument.Parse(buffer.WrittenMemory);
        using var original = JsonDocument.Parse(bytes);
        Assert.True(JsonElement.DeepEquals(original.RootElement, written.RootElement), written.RootElement.GetRawText());
    }

    [Fact]
    public void An_administrator_is_read_from_his_digits()
    {
        var bytes = File.ReadAllBytes(Path.Combine(External.Vectors("handle", "open", "pyhandle"), "pyhandle_tests_resources_handlerecord_for_reading_PUBLIC.json"));
        Assert.True(HandleJsonReader.TryReadResponse(bytes, out var response, out _));
        Assert.True(HandleAdmin.TryRead(response!.Values[0].Data.Span, out var admin, out _));
        // 011111110011: no listing, and nothing of derived prefixes.
        Assert.Equal(new(new(HandleName.Parse("123456/abcdef"), 200), AdminPermissions.All & ~(AdminPermissions.ListHandles | AdminPermissions.AddDerivedPrefix | AdminPermissions.DeleteDerivedPrefix)), admin);
    }

    // The guide's value has a member that is none of a handle value's, `auth`; it is left aside.
    [Fact]
    public void A_value_of_the_nodes_guide_is_read()
    {
        var bytes = File.ReadAllBytes(Path.Combine(External.Vectors("handle", "open", "id-guide"), "snms_v5_handle-operate_00.json"));
        using var document = JsonDocument.Parse(bytes);
        var value = document.RootElement.GetProperty("data").GetProperty("value");
        Assert.True(HandleJsonReader.TryReadValues(Encoding.UTF8.GetBytes(value.GetRawText()), out var values, out var problem), problem);
        Assert.Equal([HandleValue.OfText(1001, "TEMPLATE", "1.0")], values);
    }
}
