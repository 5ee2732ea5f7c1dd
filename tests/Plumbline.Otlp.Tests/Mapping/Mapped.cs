using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Mapping;

/// <summary>Maps one span with the given attributes.</summary>
internal static class Mapped
{
    public const long Start = 1_760_000_000_000_000_000;
    public const long Second = 1_000_000_000;

    public static SpanRecord Span(params (string Key, object Value)[] attributes) => Span(MappingSettings.Default, attributes);

    public static SpanRecord Span(MappingSettings settings, params (string Key, object Value)[] attributes)
    {
        using var request = new ExportRequestWriter("svc", "test", "scope");
        request.Span(TraceId.Parse("4bf92f3577b34da6a3ce929d0e0e4736"), SpanId.Parse("00f067aa0ba902b7"), default, "span", Start, Start + (2 * Second), null, s =>
        {
            foreach (var (key, value) in attributes)
            {
                switch (value)
                {
                    case long number: s.Attribute(key, number); break;
                    case int number: s.Attribute(key, number); break;
                    case double real: s.Attribute(key, real); break;
                    case string[] list: s.Attribute(key, list); break;
                    default: s.Attribute(key, (string)value); break;
                }
            }
        });
        return new SpanMapper(new OtlpLimits()).MapTraces(request.ToArray(), OtlpEncoding.Protobuf, settings).Batch.ToRecords().Single();
    }
}
