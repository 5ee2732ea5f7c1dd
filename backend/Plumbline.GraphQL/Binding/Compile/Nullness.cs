using System.Reflection;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>C#'s nullability, value types and annotated references alike. Start-up runs on one thread, as the reader of annotations demands.</summary>
internal static class Nullness
{
    public static bool Of(ParameterInfo parameter) => MayBeNull(new NullabilityInfoContext().Create(parameter));

    public static bool Of(PropertyInfo property) => MayBeNull(new NullabilityInfoContext().Create(property));

    public static NullabilityInfo Info(PropertyInfo property) => new NullabilityInfoContext().Create(property);

    public static NullabilityInfo Info(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter);

    public static bool MayBeNull(NullabilityInfo info) =>
        info.Type.IsValueType ? Nullable.GetUnderlyingType(info.Type) is not null : info.ReadState == NullabilityState.Nullable;
}
