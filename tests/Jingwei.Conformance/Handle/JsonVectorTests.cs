using System.Buffers;
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

    // Their documents hold values with further members and without TTL; each is read with its text as it stands there.
    [Fact]
    public void Every_value_of_the_nodes_guide_is_read()
    {
        var read = 0;
        foreach (var file in Directory.GetFiles(External.Vectors("handle", "open", "id-guide"), "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var value in Values(document.RootElement))
            {
                Assert.True(HandleJsonReader.TryReadValue(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()), out var found, out var problem), $"{file}: {problem}");
                Assert.Equal((value.GetProperty("index").GetInt32(), value.GetProperty("type").GetString()), (found!.Index, found.Type));
                if (value.GetProperty("data").GetProperty("format").GetString() == "string")
                {
                    Assert.Equal(value.GetProperty("data").GetProperty("value").GetString(), found.Text);
                }

                read++;
            }
        }

        Assert.True(read > 0);
    }

    // Whatever has an index, a type and data with a format, as deep as it lies.
    private static IEnumerable<JsonElement> Values(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty("index", out _) && json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("format", out _) => [json],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(each => Values(each.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Values),
        _ => [],
    };
}
