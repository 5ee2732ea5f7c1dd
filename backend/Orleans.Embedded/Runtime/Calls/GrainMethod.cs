using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime.Streams;

namespace Orleans.Runtime.Calls;

/// <summary>What is known of one method of a grain interface.</summary>
internal abstract class GrainMethod
{
    protected GrainMethod(MethodInfo method)
    {
        Method = method;
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.IsDefined(typeof(OneWayAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        TokenIndex = Array.FindLastIndex(method.GetParameters(), p => p.ParameterType == typeof(CancellationToken));
    }

    public MethodInfo Method { get; }

    public string Name { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public TimeSpan? Timeout { get; }

    /// <summary>The index of the cancellation token among the parameters, or -1.</summary>
    public int TokenIndex { get; }

    /// <summary>Sends a call and returns what the method returns.</summary>
    public abstract object Send(GrainRuntime runtime, GrainId target, object?[] arguments);

    public CancellationToken TokenOf(object?[] arguments) => TokenIndex >= 0 ? (CancellationToken)arguments[TokenIndex]! : CancellationToken.None;

    /// <summary>Finds the shape of a method by its return type.</summary>
    public static GrainMethod Of(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (returned == typeof(Task)) return new GrainMethod<Nothing>(method, false);
        if (returned == typeof(ValueTask)) return new GrainMethod<Nothing>(method, true);
        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        if (definition == typeof(Task<>)) return Make(typeof(GrainMethod<>), method, false);
        if (definition == typeof(ValueTask<>)) return Make(typeof(GrainMethod<>), method, true);
        if (definition == typeof(IAsyncEnumerable<>)) return Make(typeof(GrainStreamMethod<>), method);
        throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} returns {returned}; a grain method returns Task, ValueTask or IAsyncEnumerable.");
    }

    private static GrainMethod Make(Type shape, MethodInfo method, params object[] more) =>
        (GrainMethod)Activator.CreateInstance(shape.MakeGenericType(method.ReturnType.GetGenericArguments()[0]), [method, .. more])!;

    /// <summary>Compiles <c>(grain, arguments) => ((IInterface)grain).Method((A)arguments[0], …)</c>.</summary>
    protected static Func<object, object?[], TReturned> Compile<TReturned>(MethodInfo method, string? then = null)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var typed = method.GetParameters().Select((p, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType));
        Expression call = Expression.Call(Expression.Convert(grain, method.DeclaringType!), method, typed);
        if (then is not null) call = Expression.Call(call, then, null);
        return Expression.Lambda<Func<object, object?[], TReturned>>(Expression.Convert(call, typeof(TReturned)), grain, arguments).Compile();
    }
}

/// <summary>A method that answers once.</summary>
internal sealed class GrainMethod<T>(MethodInfo method, bool isValueTask) : GrainMethod(method)
{
    private readonly Func<object, object?[], Task> _invoke = Compile<Task>(method, isValueTask ? nameof(ValueTask.AsTask) : null);

    public Task Invoke(object grain, object?[] arguments) =>
        _invoke(grain, arguments) ?? throw new InvalidOperationException($"{Name} returned null instead of a task.");

    public T ResultOf(Task completed) => typeof(T) == typeof(Nothing) ? default! : Outcome.ResultOf((Task<T>)completed);

    public override object Send(GrainRuntime runtime, GrainId target, object?[] arguments)
    {
        var reply = SendForReply(runtime, target, arguments);
        if (OneWay) reply = Task.FromResult<T>(default!);
        if (!isValueTask) return reply;
        return typeof(T) == typeof(Nothing) ? new ValueTask(reply) : new ValueTask<T>(reply);
    }

    private Task<T> SendForReply(GrainRuntime runtime, GrainId target, object?[] arguments)
    {
        var token = TokenOf(arguments);
        if (token.IsCancellationRequested) return Task.FromCanceled<T>(token);
        if (runtime.Copier is { } copier)
        {
            try
            {
                arguments = copier.CopyArguments(arguments);
            }
            catch (Serialization.CodecNotFoundException refused)
            {
                return Task.FromException<T>(refused);
            }
        }
        var request = new MethodRequest<T>(runtime, this, arguments)
        {
            AlwaysInterleave = AlwaysInterleave,
            ReadOnly = ReadOnly,
            Context = RequestContext.Current,
            Activity = System.Diagnostics.Activity.Current,
        };
        if (!OneWay) runtime.Expect(request, Timeout);
        request.Watch();
        runtime.Deliver(target, request);
        return request.Reply;
    }
}
