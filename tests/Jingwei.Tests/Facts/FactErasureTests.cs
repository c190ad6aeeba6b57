using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Server;
using Jingwei.Server.Facts.Store;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Facts;

/// <summary>Erasing what events said: it is found and told nowhere any more, and the commitments are what they were.</summary>
public sealed class FactErasureTests(FactWorld world) : IClassFixture<FactWorld>
{
    private const string Where = "urn:epc:id:sgln:9520000.10002.0";

    // No compression finds anything in it to shorten, so that it lies in a file as it is.
    private readonly string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));

    [Fact]
    public async Task A_member_goes_out_of_the_event_the_lists_and_every_file_and_the_event_gets_another_id()
    {
        var epc = $"urn:x:erasure:{secret[..8]}";
        var place = $"urn:x:place:{secret}";
        var transaction = $"urn:x:order:{secret}";
        var more = $$"""
            ,"readPoint":{"id":"{{place}}"},"bizLocation":{"id":"{{Where}}"},"ext:inspector":"{{secret}}",
            "bizTransactionList":[{"type":"po","bizTransaction":"{{transaction}}"}]
            """;
        await world.CaptureAsync("engineer", FactWorld.Observed(epc, more: more), FactWorld.Observed(epc, "09:00:00", $$""","bizLocation":{"id":"{{Where}}"}"""));
        var id = (string)(await world.EventsAsync("engineer", $"/epcis/events?EQ_readPoint={place}"))[0]["eventID"]!;
        var before = Commitments();
        Assert.NotEmpty(FilesWith(secret));

        var left = (string)(await EraseAsync("engineer", new { eventId = id, fields = (string[])["readPoint", "ext:inspector", "bizTransactionList", "bizLocation"], reason = "He asked for it." })).Json["eventId"]!;
        Assert.StartsWith("urn:uuid:", left, StringComparison.Ordinal);
        var told = Assert.Single(await world.EventsAsync("engineer", $"/epcis/events/{Uri.EscapeDataString(left)}"));
        Assert.Equal((epc, "inspecting"), ((string)told["epcList"]![0]!, (string)told["bizStep"]!));
        Assert.DoesNotContain(secret, told.ToJsonString().Replace(epc, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, (await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={epc}")).Count);
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("engineer", $"/epcis/events/{Uri.EscapeDataString(id)}")).Status);
        Assert.Empty(await world.EventsAsync("engineer", $"/epcis/events?EQ_readPoint={place}"));
        Assert.Empty(await world.EventsAsync("engineer", $"/epcis/events?EQ_bizTransaction_po={transaction}"));
        Assert.DoesNotContain(secret, (await world.GetAsync("engineer", "/epcis/readPoints?perPage=1000")).Text, StringComparison.Ordinal);
        // The place of which the other event speaks stays in its list.
        Assert.Single(await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={epc}&EQ_bizLocation={Where}"));
        Assert.Contains("9520000", (await world.GetAsync("engineer", "/epcis/bizLocations?perPage=1000")).Text, StringComparison.Ordinal);
        Assert.Empty(FilesWith(secret));
        Assert.Equal(before, Commitments());
    }

    [Fact]
    public async Task The_capture_job_does_not_say_what_was_erased_and_a_repetition_does_not_bring_it_back()
    {
        var (epc, id, step) = ($"urn:x:again:{secret[..8]}", $"urn:x:again:event:{secret[..8]}", $"https://ref.gs1.org/cbv/BizStep-{secret}");
        var captured = FactWorld.Observed(epc, more: $",\"eventID\":\"{id}\"", step: step);
        var job = await world.CaptureAsync("engineer", captured);
        Assert.Equal("bizStep", (string?)Assert.Single(job["warnings"]!.AsArray())!["path"]);
        await EraseAsync("engineer", new { eventId = id, fields = (string[])["bizStep"], reason = "asked" });
        var again = await world.PostAsync("engineer", FactWorld.Document(captured), headers: ("GS1-Capture-Error-Behaviour", "proceed"));
        foreach (var path in new[] { $"/epcis/capture/{job["captureID"]}", again.Location!, "/epcis/capture?perPage=1000", "/epcis/bizSteps?perPage=1000" })
        {
            Assert.DoesNotContain(secret, (await world.GetAsync("engineer", path)).Text, StringComparison.Ordinal);
        }

        Assert.Empty(FilesWith(secret));
    }

    [Fact]
    public async Task A_type_of_ones_own_goes_with_its_last_event()
    {
        var type = $"ext:Type{secret}";
        string Own(string id) => FactWorld.Observed($"urn:x:own:{id}", more: $",\"eventID\":\"urn:x:own:event:{id}{secret[..8]}\"").Replace("ObjectEvent", type, StringComparison.Ordinal);
        await world.CaptureAsync("engineer", Own("1"), Own("2"));
        foreach (var (id, isLast) in new[] { ("1", false), ("2", true) })
        {
            Assert.Contains(secret, (await world.GetAsync("engineer", "/epcis/eventTypes?perPage=1000")).Text, StringComparison.Ordinal);
            await EraseAsync("engineer", new { eventId = $"urn:x:own:event:{id}{secret[..8]}", reason = "asked" });
            Assert.Equal(!isLast, (await world.GetAsync("engineer", "/epcis/eventTypes?perPage=1000")).Text.Contains(secret, StringComparison.Ordinal));
        }

        Assert.Empty(FilesWith($"Type{secret}"));
    }

    [Fact]
    public async Task A_whole_event_goes_with_what_declares_it_wrong_and_may_be_captured_again()
    {
        var epc = $"urn:x:erasure:{secret}";
        var declared = ""","errorDeclaration":{"declarationTime":"2026-03-01T10:00:00Z","reason":"incorrect_data"}""";
        await world.CaptureAsync("engineer", FactWorld.Observed(epc), FactWorld.Observed(epc, more: declared));
        var events = await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={epc}");
        var before = Commitments();
        Assert.Equal(2, events.Count);
        Assert.Contains(secret, (await world.GetAsync("engineer", "/epcis/epcs?perPage=1000")).Text, StringComparison.Ordinal);

        var answer = await EraseAsync("engineer", new { eventId = (string)events[0]["eventID"]!, reason = "It was a test." });
        Assert.Null((string?)answer.Json["eventId"]);
        Assert.Empty(await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={epc}"));
        Assert.DoesNotContain(secret, (await world.GetAsync("engineer", "/epcis/epcs?perPage=1000")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await world.GetAsync("engineer", "/epcis/events?perPage=1000&orderBy=eventTime")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await world.GetAsync("engineer", "/epcis/events?perPage=1000&GE_recordTime=2026-01-01T00:00:00Z")).Text, StringComparison.Ordinal);
        Assert.Empty(FilesWith(secret));
        Assert.Equal(before, Commitments());
        Assert.Equal(HttpStatusCode.NotFound, (await world.SendAsync("engineer", HttpMethod.Post, "/api/fact-erasures", JsonSerializer.Serialize(new { eventId = (string)events[0]["eventID"]!, reason = "Again." }))).Status);

        var job = await world.CaptureAsync("engineer", FactWorld.Observed(epc));
        Assert.Equal((1, 0), ((int)job["captured"]!, (int)job["duplicates"]!));
    }

    [Fact]
    public async Task What_was_erased_in_parts_goes_whole_in_the_end()
    {
        var epc = $"urn:x:erasure:{secret[..11]}";
        var declared = $$""","disposition":"active","ext:inspector":"{{secret}}","errorDeclaration":{"declarationTime":"2026-03-01T10:00:00Z","reason":"incorrect_data"}""";
        await world.CaptureAsync("engineer", FactWorld.Observed(epc, more: declared));
        var before = Commitments();
        var id = (string)Assert.Single(await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={epc}"))["eventID"]!;
        foreach (var field in (string[])["disposition", "ext:inspector", "bizStep"])
        {
            id = (string)(await EraseAsync("engineer", new { eventId = id, fields = (string[])[field], reason = field })).Json["eventId"]!;
        }

        Assert.Equal(["bizStep", "disposition", "eventID", "ext:inspector"], (await world.GetAsync("engineer", $"/api/fact-erasures?event={id}")).Json["members"]!.AsArray()
            .Where(member => member!["erased"] is not null).Select(member => (string)member!["name"]!).Order(StringComparer.Ordinal));
        await EraseAsync("engineer", new { eventId = id, reason = "All." });
        Assert.Empty(world.Access.Get<FactStore>().WithId(id));
        Assert.Empty(await world.EventsAsync("engineer", $"/epcis/events?MATCH_epc={epc}"));
        Assert.Empty(FilesWith(secret));
        Assert.Equal(before, Commitments());
    }

    [Fact]
    public async Task Its_own_id_stays_and_nobody_can_try_out_what_was_erased()
    {
        var (epc, id) = ($"urn:x:erasure:{secret[..9]}", $"urn:uuid:{Guid.NewGuid()}");
        var said = FactWorld.Observed(epc, more: $$""","eventID":"{{id}}","ext:inspector":"{{secret}}" """);
        await world.CaptureAsync("engineer", said);
        var answer = await EraseAsync("engineer", new { eventId = id, fields = (string[])["ext:inspector"], reason = "r" });
        Assert.Equal(id, (string)answer.Json["eventId"]!);
        Assert.Single(await world.EventsAsync("engineer", $"/epcis/events/{id}"));
        var (own, others) = ((await world.GetAsync("engineer", $"/api/fact-erasures?event={id}")).Json, (await world.GetAsync("viewer", $"/api/fact-erasures?event={id}")).Json);
        Assert.Equal((true, false), ((bool)own["mayErase"]!, (bool)others["mayErase"]!));
        var mark = Assert.Single(own["members"]!.AsArray(), member => member!["erased"] is not null)!;
        Assert.Equal(("ext:inspector", "r", "engineer", "engineer"), ((string)mark["name"]!, (string)mark["erased"]!["reason"]!, (string)mark["erased"]!["by"]!, (string)mark["erased"]!["byName"]!));
        Assert.Contains(own["members"]!.AsArray(), member => (string)member!["name"]! == "epcList");
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", $"/api/fact-erasures?event={id}")).Status);
        // Captured again, right or wrong, it is another event of that id: whether the guess was right is not told.
        Assert.Equal(HttpStatusCode.Conflict, (await world.PostAsync("engineer", said.Insert(1, """ "@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ext":"http://example.com/ext/"}],"""), path: "/epcis/events")).Status);
    }

    [Fact]
    public async Task What_speaks_against_it_is_said()
    {
        var id = $"urn:uuid:{Guid.NewGuid()}";
        await world.CaptureAsync("engineer", FactWorld.Observed($"urn:x:erasure:{secret[..10]}", more: $$""","eventID":"{{id}}" """));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("engineer", new { eventId = id }));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("engineer", new { reason = "r" }));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("engineer", new { eventId = id, fields = Array.Empty<string>(), reason = "r" }));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync("engineer", new { eventId = id, fields = (string[])["ilmd"], reason = "r" }));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync("engineer", new { eventId = id, fields = (string[])["eventTime"], reason = "r" }));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("engineer", new { eventId = id, fields = (string[])["errorDeclaration"], reason = "r" }));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("viewer", new { eventId = id, reason = "r" }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("outsider", new { eventId = id, reason = "r" }));
        Assert.Single(await world.EventsAsync("engineer", $"/epcis/events/{id}"));
    }

    // Any order of erasures leaves the commitment: computed anew here from docs/ledger.md.
    [Fact]
    public void A_record_keeps_its_commitment_whatever_is_erased_of_it()
    {
        var random = new Random(11);
        var json = Encoding.UTF8.GetBytes("""{"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-03-01T08:00:00Z","epcList":["urn:x:1","urn:x:2"],"ext:a":{"b":[1,"}"]},"ext:\"c":null,"bizStep":"packing"}""");
        string[] names = ["type", "eventID", "eventTime", "epcList", "ext:a", "ext:\\\"c", "bizStep"];
        for (var run = 0; run < 50; run++)
        {
            var salt = RandomNumberGenerator.GetBytes(FactRecord.SaltBytes);
            var record = new byte[FactRecord.HeadBytes + json.Length];
            FactRecord.Write(record, 7, 8, 1_700_000_000_000_000, salt, json);
            var head = record.AsSpan(2, 16).ToArray();
            var expected = Expected(salt, head, json);
            foreach (var name in random.GetItems(names, random.Next(1, 9)).Append(null))
            {
                Assert.Equal(expected, CommitmentOf(record));
                var left = FactErasure.Of(FactRecord.Read(record), name is null ? null : [name], new("", 1, 2, "r"), null);
                record = left ?? record;
                Assert.True(left is not null || name is not null);
            }

            Assert.Equal(expected, CommitmentOf(record));
            Assert.True(FactRecord.Read(record).IsErased);
            // The first letters of the salt of the head, after the head, a length and what comes before it.
            record[40] ^= 1;
            Assert.NotEqual(expected, CommitmentOrNothing(record));
        }
    }

    private static byte[] Expected(byte[] salt, byte[] head, byte[] json)
    {
        var members = JsonNode.Parse(json)!.AsObject().Count;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var all = new List<byte>();
        for (var place = 0; place < members; place++)
        {
            reader.Read();
            byte[] name = [.. reader.ValueSpan];
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            all.AddRange(SHA256.HashData([1, 0x22, .. SaltAt(salt, place + 1), 0, 0, 0, (byte)name.Length, .. name, .. json.AsSpan(start..(int)reader.BytesConsumed)]));
        }

        return SHA256.HashData([1, 0x20, .. SaltAt(salt, 0), .. head, .. all]);
    }

    private static byte[] SaltAt(byte[] salt, int at) => SHA512.HashData([1, 0x21, .. salt, 0, 0, 0, (byte)(at / 4)])[(at % 4 * 16)..][..16];

    private static byte[] CommitmentOf(byte[] record)
    {
        var commitment = new byte[FactCommitment.Bytes];
        FactCommitment.Of(new(), FactRecord.Read(record), commitment);
        return commitment;
    }

    private static byte[] CommitmentOrNothing(byte[] record)
    {
        try
        {
            return CommitmentOf(record);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private List<string> Commitments()
    {
        var all = new List<string>();
        world.Access.Get<FactStore>().WalkCommitments(0, (_, commitment) =>
        {
            all.Add(Convert.ToHexString(commitment));
            return true;
        });
        return all;
    }

    private async Task<Answer> EraseAsync(string user, object request)
    {
        var answer = await world.SendAsync(user, HttpMethod.Post, "/api/fact-erasures", JsonSerializer.Serialize(request));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer;
    }

    private async Task<HttpStatusCode> StatusAsync(string user, object request) => (await world.SendAsync(user, HttpMethod.Post, "/api/fact-erasures", JsonSerializer.Serialize(request))).Status;

    // But for the list of the files, which has the first and the last key of each until the next start.
    private List<string> FilesWith(string text) =>
        [.. System.IO.Directory.GetFiles(world.Access.Get<ServerOptions>().FactsFolder).Where(file => Path.GetExtension(file) is ".sst" or ".log" && Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)];

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
