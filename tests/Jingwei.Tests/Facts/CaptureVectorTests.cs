using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Hashing;
using Jingwei.Identifiers.Epcis.Xml;

namespace Jingwei.Tests.Facts;

/// <summary>The published documents over HTTP: the valid ones are captured and come back as they were, the others are refused.</summary>
[Trait("Category", "Vectors")]
public sealed class CaptureVectorTests(FactWorld world) : IClassFixture<FactWorld>
{
    private static readonly string[] Folders = ["JSON", "JSON-simple-context", "XML", "openepcis"];

    [Fact]
    public async Task What_is_valid_comes_back_as_it_was_and_what_is_not_is_refused()
    {
        var root = External.Vectors("epcis", "open");
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".json" or ".jsonld" or ".xml").Order(StringComparer.Ordinal);
        var (valid, invalid) = (0, 0);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, AccessCancellation);
            var isXml = file.EndsWith(".xml", StringComparison.Ordinal);
            using var document = isXml ? EpcisXmlReader.Read(bytes, keepWebUris: true) : EpcisReader.ReadJson(bytes);
            if (document.Kind is not (EpcisDocumentKind.Document or EpcisDocumentKind.QueryDocument))
            {
                continue;
            }

            var answer = await world.PostAsync("engineer", Encoding.UTF8.GetString(bytes), isXml ? "application/xml" : "application/json");
            if (!document.IsValid)
            {
                invalid++;
                Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{file}: {answer.Text}");
                Assert.Equal("epcisException:ValidationException", (string?)answer.Json["type"]);
                Assert.Equal(document.Problems.Select(problem => problem.Path), answer.Json["errors"]!.AsArray().Select(error => (string)error!["path"]!));
                continue;
            }

            Assert.True(answer.Status == HttpStatusCode.Accepted, $"{file}: {answer.Text}");
            valid += await SameAsync(document, (await world.GetAsync("engineer", answer.Location!)).Json);
        }

        Assert.True(valid >= 100, $"{valid} valid documents");
        Assert.True(invalid >= 15, $"{invalid} invalid documents");
    }

    private static CancellationToken AccessCancellation => TestContext.Current.CancellationToken;

    // Documents that share the ids of their events with others are refused by the job; what was captured is compared.
    private async Task<int> SameAsync(EpcisDocument document, JsonNode job)
    {
        if (!(bool)job["success"]!)
        {
            Assert.All(job["errors"]!.AsArray(), error => Assert.Equal("epcisException:ResourceAlreadyExistsException", (string?)error!["type"]));
            return 1;
        }

        foreach (var read in document.Events)
        {
            var id = read.EventId ?? EventHash.Compute(read, document.IgnoredFields);
            var told = await world.EventsAsync("engineer", $"/epcis/events/{Uri.EscapeDataString(id)}", ("GS1-EPC-Format", "Never_Translates"));
            var sent = Bare(JsonNode.Parse(read.Json.GetRawText())!);
            Assert.Contains(told, each => JsonNode.DeepEquals(Bare(each), sent) || (int)job["duplicates"]! > 0);
        }

        return 1;
    }

    private static JsonObject Bare(JsonNode read)
    {
        var bare = read.DeepClone().AsObject();
        foreach (var name in new[] { "@context", "recordTime", "eventID" })
        {
            bare.Remove(name);
        }

        return bare;
    }
}
