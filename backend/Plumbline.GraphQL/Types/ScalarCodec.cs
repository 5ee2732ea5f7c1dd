using System.Text.Json;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>How a scalar is read from literals and variables and written to answers. https://spec.graphql.org/September2025/#sec-Scalars</summary>
internal abstract class ScalarCodec
{
    /// <summary>Coerces a literal (no variables in it).</summary>
    /// <exception cref="InputCoercionException">It is none of this scalar.</exception>
    public abstract object? ReadLiteral(ValueNode literal);

    /// <summary>Coerces a JSON value.</summary>
    /// <exception cref="InputCoercionException">It is none of this scalar.</exception>
    public abstract object? ReadVariable(JsonElement value);

    /// <summary>The .NET types that can be written; others are refused at start-up.</summary>
    public abstract bool Writes(Type clr);

    /// <summary>Writes a non-null value.</summary>
    /// <exception cref="OutputCoercionException">The value is none of this scalar.</exception>
    public abstract void Write(object value, ResultWriter writer);

    /// <summary>The .NET types a coerced input can become.</summary>
    public abstract bool ReadsAs(Type clr);

    /// <summary>A coerced input as the wanted .NET type.</summary>
    public virtual object ConvertTo(object value, Type clr) => value;
}

internal sealed class InputCoercionException(string message) : Exception(message);

internal sealed class OutputCoercionException(string message) : Exception(message);
