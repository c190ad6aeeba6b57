using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Mqtt.Publishing;

/// <summary>Makes batches ready to be used again; the server keeps some for all its connections, so that an idle one holds none.</summary>
internal sealed class PublishBatchPolicy : PooledObjectPolicy<MqttPublishBatch>
{
    public override MqttPublishBatch Create() => new();

    public override bool Return(MqttPublishBatch obj)
    {
        obj.Clear();
        return true;
    }
}
