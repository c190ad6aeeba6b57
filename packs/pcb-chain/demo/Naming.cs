using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Identifiers: each company applies for its prefixes, the node's operator approves, and the company registers what it makes.</summary>
internal sealed class Naming(Api operators, People people)
{
    // Rows of one request: some megabytes.
    private const int Together = 5_000;

    /// <summary>Opens the node, and gives each company its prefixes, templates and places.</summary>
    public async Task OpenAsync(CancellationToken stop)
    {
        await operators.CreateAsync("api/prefixes", new JsonObject { ["prefix"] = Network.Node, ["party"] = "root" }, stop);
        foreach (var firm in Network.All)
        {
            var manager = await people.OfAsync(firm.Manager, stop);
            await PrefixAsync(firm.Prefix, firm.Id, firm.Name, manager, stop);
            await KeysAsync(firm, manager, stop);
            await TemplatesAsync(firm, manager, stop);
            await RegisterAsync(firm, [.. Standing(firm)], stop);
        }

        await PrefixAsync(Association.Prefix, Association.Id, Association.Name, await people.OfAsync(Association.Analyst, stop), stop);
    }

    /// <summary>Registers what a company made; what is there already stays.</summary>
    public async Task RegisterAsync(Firm firm, IReadOnlyList<Made> made, CancellationToken stop)
    {
        var manager = await people.OfAsync(firm.Manager, stop);
        foreach (var part in made.Chunk(Together))
        {
            var rows = new StringContent(string.Concat(part.Select(each => Row(firm, each).ToJsonString() + "\n")), Encoding.UTF8);
            rows.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            var report = await manager.PostAsync("api/identifiers/batch?mode=put", rows, stop);
            if ((long)report["rejected"]! > 0)
            {
                throw new HttpRequestException($"{firm.Id}: identifiers were refused: {report["rows"]![0]}");
            }
        }
    }

    private async Task PrefixAsync(string prefix, string party, string organisation, Api manager, CancellationToken stop)
    {
        var application = new JsonObject
        {
            ["prefix"] = prefix,
            ["party"] = party,
            ["applicant"] = new JsonObject
            {
                ["organisation"] = organisation,
                ["industry"] = "印制电路板产业链",
                ["contact"] = "负责人（模拟）",
                ["purpose"] = "产品与批次标识（模拟）",
            },
        };
        if (await manager.CreateAsync("api/prefixes", application, stop))
        {
            await operators.PostAsync($"api/prefixes/{prefix}/approve", new JsonObject(), stop);
        }
    }

    // Its GS1 keys are identifiers below its prefix.
    private async Task KeysAsync(Firm firm, Api manager, CancellationToken stop)
    {
        var keys = $"api/company-prefixes/{firm.Digits}/{firm.Prefix}";
        if ((string?)(await manager.PutAsync(keys, new JsonObject(), stop))["state"] == "applied")
        {
            await operators.PostAsync($"{keys}/approve", new JsonObject(), stop);
        }
    }

    private static async Task TemplatesAsync(Firm firm, Api manager, CancellationToken stop)
    {
        var there = (await manager.GetAsync("api/identifier-templates", stop))["items"]!.AsArray().Select(each => (string)each!["id"]!).ToHashSet();
        foreach (var (_, word, chinese, english) in Goods.Of(firm.Trade).Where(goods => !there.Contains(TemplateOf(firm, goods.Word))))
        {
            await manager.PutAsync($"api/identifier-templates/{TemplateOf(firm, word)}", Template(firm, chinese, english), stop);
        }
    }

    private static string TemplateOf(Firm firm, string word) => $"{firm.Id}-{word}";

    private static JsonObject Template(Firm firm, string chinese, string english) => new()
    {
        ["party"] = firm.Id,
        ["name"] = Label($"{chinese}（模拟）", $"{english} (simulated)"),
        ["fields"] = new JsonArray(Field("DESC", "品名", "Description", "text", true), Field("MADE", "生产日期", "Made on", "date", false)),
    };

    private static JsonObject Field(string type, string chinese, string english, string format, bool required) => new()
    {
        ["type"] = type,
        ["name"] = Label(chinese, english),
        ["format"] = format,
        ["required"] = required,
    };

    private static JsonObject Label(string chinese, string english) => new() { ["zh"] = chinese, ["en"] = english };

    // What a company has from the first day: its goods as kinds, its site, its presses.
    private static IEnumerable<Made> Standing(Firm firm)
    {
        foreach (var (item, word, chinese, english) in Goods.Of(firm.Trade))
        {
            yield return new(word, firm.Product(item), [new("DESC", $"{chinese}（模拟）"), new("DESC_EN", $"{english} (simulated)")]);
        }

        yield return new("", firm.Site, [new("DESC", firm.Name), new("REGION", firm.City)]);
        for (var press = 1; press <= LotLife.PressesOf(firm); press++)
        {
            yield return new("", LotLife.PressOf(firm, press), [new("DESC", FormattableString.Invariant($"{press} 号层压机（模拟）"))]);
        }
    }

    private static JsonObject Row(Firm firm, Made made)
    {
        var row = new JsonObject
        {
            ["handle"] = $"{firm.Prefix}/{Keys.SuffixOf(made.Id)}",
            ["values"] = new JsonArray([.. made.Values.Select(Value)]),
        };
        if (made.Kind.Length > 0)
        {
            row["template"] = TemplateOf(firm, made.Kind);
        }

        return row;
    }

    private static JsonObject Value(MadeValue value)
    {
        var json = new JsonObject { ["type"] = value.Type, ["data"] = value.Text };
        if (value.For is { } readers)
        {
            json["read"] = readers.Count == 0 ? "owner" : new JsonObject { ["parties"] = new JsonArray([.. readers.Select(party => JsonValue.Create(party))]) };
        }

        return json;
    }
}
