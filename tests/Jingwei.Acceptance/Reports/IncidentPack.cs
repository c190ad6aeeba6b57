namespace Jingwei.Acceptance.Reports;

/// <summary>A pack whose reports become incidents, as small as it can be.</summary>
internal static class IncidentPack
{
    private static readonly (string Name, string Text)[] Files =
    [
        ("pack.yaml", """
            id: civil
            version: 0.1.0
            name: {zh: 值守, en: Watch}
            description: {zh: 报告与事件, en: Reports and incidents}
            needs: {jingwei: ">=0.1"}
            """),
        ("things/pump.yaml", """
            type: pump
            properties:
              pressure: {type: number, unit: bar, range: [0, 100]}
            """),
        ("rules/burst.yaml", """
            rule: burst
            type: pump
            severity: red
            when: pressure > 50.0
            """),
        ("cases/matter.yaml", """
            case: matter
            fields:
              dead: {type: number, range: [0, 100000]}
              injured: {type: number, range: [0, 100000]}
              kind: {type: text, maxLength: 60}
            states:
              open: {within: 1h}
              done: {final: true}
            initial: open
            transitions:
              close: {from: [open], to: done, right: operate}
            """),
        ("incidents/event.yaml", """
            incident: event
            case: matter
            sources:
              official: {weight: 3, official: true}
              citizen: {weight: 1}
            source: citizen
            alarms: {severities: [red], source: official}
            severity: "dead >= 3.0 ? 'red' : dead > 0.0 ? 'orange' : injured > 0.0 ? 'yellow' : 'blue'"
            fields: {dead: dead, injured: injured, kind: kind}
            layers:
              school: {radius: 2}
            risk:
              harm: {weight: 60, value: "math.least(1.0, dead / 10.0)"}
              around: {weight: 40, value: "math.least(1.0, school / 2.0)"}
            heat: {halfLife: 6h, value: "volume * (1.0 + risk)"}
            map:
              red: red > 0.0
              orange: orange > 0.0
              yellow: yellow > 0.0
              blue: blue > 0.0
            """),
        ("text/zh.yaml", """
            types: {pump: 水泵}
            properties: {pressure: 压力}
            rules: {burst: {name: 管道爆裂, advice: 关阀}}
            incidents:
              event: {name: 事件, sources: {official: 官方, citizen: 群众}, layers: {school: 学校}, risk: {harm: 伤亡, around: 周边}}
            cases:
              matter:
                name: 处置
                states: {open: 处置中, done: 已办结}
                transitions: {close: 办结}
                fields: {dead: 死亡, injured: 受伤, kind: 种类}
            """),
        ("text/en.yaml", """
            types: {pump: Pump}
            properties: {pressure: Pressure}
            rules: {burst: {name: Burst pipe, advice: Close the valve}}
            incidents:
              event: {name: Event, sources: {official: Official, citizen: Citizen}, layers: {school: Schools}, risk: {harm: Harm, around: Around}}
            cases:
              matter:
                name: Handling
                states: {open: Open, done: Done}
                transitions: {close: Close}
                fields: {dead: Dead, injured: Injured, kind: Kind}
            """),
    ];

    public static void Write(string folder)
    {
        foreach (var (name, text) in Files)
        {
            var file = Path.Combine(folder, "civil", name);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
