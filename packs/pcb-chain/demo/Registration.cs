using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>Makes places, companies and presses known to the server, as the operator of the platform; what exists already is left as it is.</summary>
internal sealed class Registration(Api api)
{
    private static readonly (string Code, string Name, string Parent, string Kind)[] Regions =
    [
        ("320000", "江苏省", "root", "province"), ("320500", "苏州市", "320000", "city"), ("320600", "南通市", "320000", "city"),
        ("360000", "江西省", "root", "province"), ("360700", "赣州市", "360000", "city"), ("360800", "吉安市", "360000", "city"),
        ("420000", "湖北省", "root", "province"), ("420200", "黄石市", "420000", "city"),
        ("440000", "广东省", "root", "province"), ("440300", "深圳市", "440000", "city"), ("440400", "珠海市", "440000", "city"),
        ("440700", "江门市", "440000", "city"), ("441300", "惠州市", "440000", "city"), ("441900", "东莞市", "440000", "city"),
    ];

    /// <summary>The laminator whose presses report.</summary>
    public static Firm Pressing => Network.Laminators[Story.Lot % Network.Laminators.Count];

    /// <summary>The thing that a press is.</summary>
    public static string ThingOf(Firm firm, int press) => FormattableString.Invariant($"{firm.Id}-press-{press}");

    public async Task RegisterAsync(CancellationToken stop)
    {
        foreach (var (code, name, parent, kind) in Regions)
        {
            await api.CreateAsync("api/regions", new JsonObject { ["id"] = code, ["name"] = name, ["parent"] = parent, ["kind"] = kind }, stop);
        }

        foreach (var firm in Network.All)
        {
            await PartyAsync(firm.Id, firm.Name, stop);
        }

        await PartyAsync(Association.Id, Association.Name, stop);
        for (var press = 1; press <= LotLife.PressesOf(Pressing); press++)
        {
            await PressAsync(press, stop);
        }
    }

    private Task<bool> PartyAsync(string id, string name, CancellationToken stop) => api.CreateAsync(
        "api/parties", new JsonObject { ["id"] = id, ["name"] = name, ["parent"] = "root", ["zone"] = "Asia/Shanghai" }, stop);

    // It bears the name that events know it by, so that its readings are found from them.
    private Task<bool> PressAsync(int press, CancellationToken stop) => api.CreateAsync(
        "api/things",
        new JsonObject
        {
            ["id"] = ThingOf(Pressing, press),
            ["type"] = "laminate-press",
            ["name"] = FormattableString.Invariant($"{press} 号层压机（模拟）"),
            ["party"] = Pressing.Id,
            ["region"] = Pressing.City,
            ["identifiers"] = new JsonObject { ["gs1"] = LotLife.PressOf(Pressing, press), ["handle"] = $"{Pressing.Prefix}/{Keys.SuffixOf(LotLife.PressOf(Pressing, press))}" },
        },
        stop);
}
