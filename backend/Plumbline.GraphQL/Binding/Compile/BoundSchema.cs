using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>A schema that can run.</summary>
/// <param name="Schema">The schema, with a resolver at every field.</param>
/// <param name="ClrTypes">The one .NET type whose values an object type stands for; none for types that nothing returns.</param>
/// <param name="RuntimeTypes">The same the other way round.</param>
/// <param name="Enums">The JSON of enum members.</param>
internal sealed record BoundSchema(
    Schema Schema,
    IReadOnlyDictionary<ObjectType, Type> ClrTypes,
    RuntimeTypes RuntimeTypes,
    IReadOnlyDictionary<(EnumType, Type), Dictionary<Enum, byte[]>> Enums);
