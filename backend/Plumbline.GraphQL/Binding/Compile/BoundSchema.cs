using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding;

/// <summary>A schema that can run.</summary>
internal sealed record BoundSchema(Schema Schema, RuntimeTypes RuntimeTypes, IReadOnlyDictionary<(EnumType, Type), Dictionary<Enum, byte[]>> Enums);
