namespace Jingwei.Tests.Packs;

/// <summary>A folder of packs that lives as long as a test; its pack "mill" is small and right.</summary>
internal sealed class TemporaryPacks : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("packs-");

    public TemporaryPacks()
    {
        foreach (var (name, text) in Small)
        {
            Write($"mill/{name}", text);
        }
    }

    /// <summary>The folder that holds the packs.</summary>
    public string Root => folder.FullName;

    /// <summary>The folder of the small pack.</summary>
    public string Mill => Path.Combine(Root, "mill");

    /// <summary>The files of the small pack.</summary>
    public static IReadOnlyDictionary<string, string> Small { get; } = new Dictionary<string, string>
    {
        ["pack.yaml"] = """
            id: mill
            version: 1.2.0
            name: {zh: 磨坊, en: Mill}
            description: {zh: 磨面, en: Grinds flour}
            needs: {jingwei: ">=0.1"}
            standards: [UCUM]
            shifts:
              - {shift: day, from: "06:00", to: "18:00"}
              - {shift: night, from: "18:00", to: "06:00"}

            """,
        ["things/engine.yaml"] = """
            type: engine
            abstract: true
            icon: motor
            properties:
              state: {type: enumeration, values: [running, stopped]}
              turns: {type: number, unit: "{turn}", counter: true}
            commands:
              halt: {parameters: {reason: {type: text, maxLength: 20}}}

            """,
        ["things/stone.yaml"] = """
            type: stone
            extends: engine
            properties:
              temperature: {type: number, unit: Cel, range: [-20, 90]}
              open: {type: boolean}
              place: {type: position}

            """,
        ["channels/lines.yaml"] = """
            channel: lines
            protocol: line-protocol
            database: flour
            thing: {tag: engine}
            property: {field: true}
            create: {type: stone}

            """,
        ["rules/hot.yaml"] = """
            rule: hot
            type: stone
            severity: orange
            when: temperature > 60.0 && state == 'running'
            clear: temperature < 50.0
            for: 1m30s
            clearFor: 10s
            opens: {case: repair, fields: {cause: wear}}

            """,
        ["rules/silent.yaml"] = """
            rule: silent
            type: engine
            severity: yellow
            absent: {property: state, for: 2m}

            """,
        ["indicators/use.yaml"] = """
            indicator: use
            types: [engine]
            window: shift
            unit: "%"
            inputs:
              up: {duration: state, in: [running]}
              all: {duration: state, notIn: [stopped]}
            formula: up / all
            bands: {green: ">= 0.9", yellow: ">= 0.5", red: "< 0.5"}

            """,
        ["cases/repair.yaml"] = """
            case: repair
            fields:
              cause: {type: enumeration, values: [wear, other]}
              note: {type: text}
            states:
              open: {within: 2h}
              done: {final: true}
            initial: open
            transitions:
              mend: {from: [open], to: done, right: operate, by: assignee, requires: [cause], comment: required}

            """,
        ["views/board.yaml"] = """
            view: board
            kind: overview
            widgets:
              - {widget: machines, at: [0, 0, 8, 4], of: engine, groupBy: parent, state: state, indicator: use}
              - {widget: alarms, at: [8, 0, 4, 4]}

            """,
        ["tests/hot.yaml"] = """
            test: a hot stone
            zone: Asia/Shanghai
            things: [{id: s1, type: stone}]
            readings:
              - {thing: s1, at: "2026-01-05T08:00:00+08:00", values: {temperature: 61.5, state: running, open: true, place: [120.5, 30.25]}}
            expect:
              indicators: [{indicator: use, thing: s1, at: "2026-01-05T00:30:00Z", value: 1, within: 0.01, band: green}]
              alarms: [{rule: hot, thing: s1, at: "2026-01-05T00:01:30Z", state: raised}]
              cases: [{case: repair, thing: s1, state: open}]

            """,
        ["maturity.yaml"] = """
            - {item: rules, status: done}
            - {item: demo, status: todo, reason: nobody wrote it}

            """,
        ["text/zh.yaml"] = """
            types: {engine: 动力, stone: 石磨}
            properties: {state: 状态, turns: 转数, temperature: 温度, stone.temperature: 磨温, open: 打开, place: 位置, reason: 原因}
            values: {state: {running: 运行, stopped: 停止}, cause: {wear: 磨损, other: 其他}}
            commands: {halt: 停机}
            channels: {lines: 行协议}
            shifts: {day: 白班, night: 夜班}
            rules:
              hot: {name: 过热, advice: 降速}
              silent: {name: 无数据, advice: 查网线}
            indicators:
              use: {name: 利用率, meaning: 运行时间之比, inputs: {up: 运行, all: 全部}, bands: {green: 好, yellow: 中, red: 差}}
            cases:
              repair: {name: 维修, states: {open: 待修, done: 修好}, transitions: {mend: 修理}, fields: {cause: 原因, note: 备注}}
            views: {board: 看板}

            """,
        ["text/en.yaml"] = """
            types: {engine: Engine, stone: Millstone}
            properties: {state: State, turns: Turns, temperature: Temperature, stone.temperature: Stone heat, open: Open, place: Place, reason: Reason}
            values: {state: {running: Running, stopped: Stopped}, cause: {wear: Wear, other: Other}}
            commands: {halt: Halt}
            channels: {lines: Lines}
            shifts: {day: Day, night: Night}
            rules:
              hot: {name: Hot, advice: Slow down}
              silent: {name: Silent, advice: Look at the cable}
            indicators:
              use: {name: Use, meaning: Share of running time, inputs: {up: Up, all: All}, bands: {green: Good, yellow: Fair, red: Poor}}
            cases:
              repair: {name: Repair, states: {open: Open, done: Done}, transitions: {mend: Mend}, fields: {cause: Cause, note: Note}}
            views: {board: Board}

            """,
    };

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Replaces a part of one of the small pack's files.</summary>
    public void Change(string name, string part, string by)
    {
        var path = Path.Combine(Mill, name);
        var text = File.ReadAllText(path);
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(part, by, StringComparison.Ordinal));
    }

    public void Delete(string name) => File.Delete(Path.Combine(Mill, name));

    public void Dispose() => folder.Delete(recursive: true);
}
