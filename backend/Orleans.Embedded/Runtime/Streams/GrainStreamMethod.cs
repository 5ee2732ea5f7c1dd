using System.Reflection;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Streams;

/// <summary>A method that answers with a stream.</summary>
internal sealed class GrainStreamMethod<T>(MethodInfo method) : GrainMethod(method)
{
    private readonly Func<object, object?[], IAsyncEnumerable<T>> _invoke = Compile<IAsyncEnumerable<T>>(method);

    public IAsyncEnumerable<T> Invoke(object grain, object?[] arguments) => _invoke(grain, arguments);

    public override object Send(GrainRuntime runtime, GrainId target, object?[] arguments) =>
        new GrainAsyncEnumerable<T>(runtime, this, target, runtime.Copier is { } copier ? copier.CopyArguments(arguments) : arguments);
}
