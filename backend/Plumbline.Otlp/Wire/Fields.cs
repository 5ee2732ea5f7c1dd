namespace Plumbline.Otlp.Wire;

/// <summary>How a protobuf field's value is encoded: the lower three bits of a tag.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/#structure</remarks>
internal static class WireType
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint Bytes = 2;
    public const uint Fixed32 = 5;
}

/// <summary>The field numbers of OTLP's messages, by the names that the <c>.proto</c> files give them, and the tags by which the reader tells them.</summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto</remarks>
internal static class Fields
{
    /// <summary><c>ExportTraceServiceRequest</c> and <c>ExportLogsServiceRequest</c>.</summary>
    public static class Request
    {
        public const int ResourceGroups = 1;

        public const uint ResourceGroupsTag = (ResourceGroups << 3) | WireType.Bytes;
    }

    /// <summary><c>ResourceSpans</c> and <c>ResourceLogs</c>.</summary>
    public static class ResourceGroup
    {
        public const int Resource = 1;
        public const int ScopeGroups = 2;
        public const int SchemaUrl = 3;

        public const uint ResourceTag = (Resource << 3) | WireType.Bytes;
        public const uint ScopeGroupsTag = (ScopeGroups << 3) | WireType.Bytes;
    }

    /// <summary><c>ScopeSpans</c> and <c>ScopeLogs</c>.</summary>
    public static class ScopeGroup
    {
        public const int Scope = 1;
        public const int Records = 2;
        public const int SchemaUrl = 3;

        public const uint ScopeTag = (Scope << 3) | WireType.Bytes;
        public const uint RecordsTag = (Records << 3) | WireType.Bytes;
    }

    /// <summary><c>Resource</c>.</summary>
    public static class Resource
    {
        public const int Attributes = 1;
        public const int DroppedAttributesCount = 2;

        public const uint AttributesTag = (Attributes << 3) | WireType.Bytes;
    }

    /// <summary><c>InstrumentationScope</c>.</summary>
    public static class Scope
    {
        public const int Name = 1;
        public const int Version = 2;
        public const int Attributes = 3;
        public const int DroppedAttributesCount = 4;

        public const uint NameTag = (Name << 3) | WireType.Bytes;
        public const uint VersionTag = (Version << 3) | WireType.Bytes;
    }

    /// <summary><c>KeyValue</c>.</summary>
    public static class KeyValue
    {
        public const int Key = 1;
        public const int Value = 2;

        public const uint KeyTag = (Key << 3) | WireType.Bytes;
        public const uint ValueTag = (Value << 3) | WireType.Bytes;
    }

    /// <summary><c>AnyValue</c>.</summary>
    public static class AnyValue
    {
        public const int StringValue = 1;
        public const int BoolValue = 2;
        public const int IntValue = 3;
        public const int DoubleValue = 4;
        public const int ArrayValue = 5;
        public const int KvlistValue = 6;
        public const int BytesValue = 7;

        public const uint StringValueTag = (StringValue << 3) | WireType.Bytes;
        public const uint BoolValueTag = (BoolValue << 3) | WireType.Varint;
        public const uint IntValueTag = (IntValue << 3) | WireType.Varint;
        public const uint DoubleValueTag = (DoubleValue << 3) | WireType.Fixed64;
        public const uint ArrayValueTag = (ArrayValue << 3) | WireType.Bytes;
        public const uint KvlistValueTag = (KvlistValue << 3) | WireType.Bytes;
        public const uint BytesValueTag = (BytesValue << 3) | WireType.Bytes;
    }

    /// <summary><c>ArrayValue</c> and <c>KeyValueList</c>.</summary>
    public static class List
    {
        public const int Values = 1;

        public const uint ValuesTag = (Values << 3) | WireType.Bytes;
    }

    /// <summary><c>Span</c>.</summary>
    public static class Span
    {
        public const int TraceId = 1;
        public const int SpanId = 2;
        public const int TraceState = 3;
        public const int ParentSpanId = 4;
        public const int Name = 5;
        public const int Kind = 6;
        public const int StartTimeUnixNano = 7;
        public const int EndTimeUnixNano = 8;
        public const int Attributes = 9;
        public const int DroppedAttributesCount = 10;
        public const int Events = 11;
        public const int DroppedEventsCount = 12;
        public const int Links = 13;
        public const int DroppedLinksCount = 14;
        public const int Status = 15;
        public const int Flags = 16;

        public const uint TraceIdTag = (TraceId << 3) | WireType.Bytes;
        public const uint SpanIdTag = (SpanId << 3) | WireType.Bytes;
        public const uint ParentSpanIdTag = (ParentSpanId << 3) | WireType.Bytes;
        public const uint NameTag = (Name << 3) | WireType.Bytes;
        public const uint KindTag = (Kind << 3) | WireType.Varint;
        public const uint StartTimeUnixNanoTag = (StartTimeUnixNano << 3) | WireType.Fixed64;
        public const uint EndTimeUnixNanoTag = (EndTimeUnixNano << 3) | WireType.Fixed64;
        public const uint AttributesTag = (Attributes << 3) | WireType.Bytes;
        public const uint DroppedAttributesCountTag = (DroppedAttributesCount << 3) | WireType.Varint;
        public const uint EventsTag = (Events << 3) | WireType.Bytes;
        public const uint DroppedEventsCountTag = (DroppedEventsCount << 3) | WireType.Varint;
        public const uint LinksTag = (Links << 3) | WireType.Bytes;
        public const uint DroppedLinksCountTag = (DroppedLinksCount << 3) | WireType.Varint;
        public const uint StatusTag = (Status << 3) | WireType.Bytes;
    }

    /// <summary><c>Span.Event</c>.</summary>
    public static class Event
    {
        public const int TimeUnixNano = 1;
        public const int Name = 2;
        public const int Attributes = 3;
        public const int DroppedAttributesCount = 4;

        public const uint TimeUnixNanoTag = (TimeUnixNano << 3) | WireType.Fixed64;
        public const uint NameTag = (Name << 3) | WireType.Bytes;
        public const uint AttributesTag = (Attributes << 3) | WireType.Bytes;
    }

    /// <summary><c>Span.Link</c>.</summary>
    public static class Link
    {
        public const int TraceId = 1;
        public const int SpanId = 2;
        public const int TraceState = 3;
        public const int Attributes = 4;
        public const int DroppedAttributesCount = 5;
        public const int Flags = 6;

        public const uint TraceIdTag = (TraceId << 3) | WireType.Bytes;
        public const uint SpanIdTag = (SpanId << 3) | WireType.Bytes;
        public const uint AttributesTag = (Attributes << 3) | WireType.Bytes;
    }

    /// <summary><c>Status</c>.</summary>
    public static class Status
    {
        public const int Message = 2;
        public const int Code = 3;

        public const uint MessageTag = (Message << 3) | WireType.Bytes;
        public const uint CodeTag = (Code << 3) | WireType.Varint;
    }

    /// <summary><c>LogRecord</c>.</summary>
    public static class LogRecord
    {
        public const int TimeUnixNano = 1;
        public const int SeverityNumber = 2;
        public const int SeverityText = 3;
        public const int Body = 5;
        public const int Attributes = 6;
        public const int DroppedAttributesCount = 7;
        public const int Flags = 8;
        public const int TraceId = 9;
        public const int SpanId = 10;
        public const int ObservedTimeUnixNano = 11;
        public const int EventName = 12;

        public const uint TimeUnixNanoTag = (TimeUnixNano << 3) | WireType.Fixed64;
        public const uint SeverityNumberTag = (SeverityNumber << 3) | WireType.Varint;
        public const uint SeverityTextTag = (SeverityText << 3) | WireType.Bytes;
        public const uint BodyTag = (Body << 3) | WireType.Bytes;
        public const uint AttributesTag = (Attributes << 3) | WireType.Bytes;
        public const uint TraceIdTag = (TraceId << 3) | WireType.Bytes;
        public const uint SpanIdTag = (SpanId << 3) | WireType.Bytes;
        public const uint ObservedTimeUnixNanoTag = (ObservedTimeUnixNano << 3) | WireType.Fixed64;
        public const uint EventNameTag = (EventName << 3) | WireType.Bytes;
    }

    /// <summary><c>ExportTraceServiceResponse</c> and <c>ExportLogsServiceResponse</c>.</summary>
    public static class Response
    {
        public const int PartialSuccess = 1;
    }

    /// <summary><c>ExportTracePartialSuccess</c> and <c>ExportLogsPartialSuccess</c>.</summary>
    public static class PartialSuccess
    {
        public const int Rejected = 1;
        public const int ErrorMessage = 2;
    }

    /// <summary><c>google.rpc.Status</c>.</summary>
    public static class RpcStatus
    {
        public const int Code = 1;
        public const int Message = 2;
    }

    /// <summary>What OTLP does not have, and this decoder uses between its own two stages.</summary>
    public static class Own
    {
        /// <summary>Why a span or record could not be read; the largest field number that protobuf allows.</summary>
        public const int Problem = (1 << 29) - 1;

        public const uint ProblemTag = unchecked((uint)Problem << 3) | WireType.Bytes;
    }
}
